import path from 'node:path'
import { goStandIn } from './go.ts'
import { javascriptStandIn } from './javascript.ts'
import { pythonStandIn } from './python.ts'
import { rustStandIn } from './rust.ts'
import type { StandIn } from './stand-in.ts'

/** How stand-ins are written in the language of a file; `undefined` if they are not known for it. */
export function standInFor(file: string): StandIn | undefined {
  return LANGUAGES.get(path.posix.extname(file))
}

const LANGUAGES = new Map<string, StandIn>([
  ...['.js', '.mjs', '.cjs', '.jsx', '.ts', '.mts', '.cts', '.tsx'].map(
    extension => [extension, javascriptStandIn] as const,
  ),
  ['.py', pythonStandIn],
  ['.go', goStandIn],
  ['.rs', rustStandIn],
])
