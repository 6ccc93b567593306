import path from 'node:path'
import type { Grammar } from '../grammar.ts'
import { javascript } from './javascript.ts'
import { tsx, typescript } from './typescript.ts'

const GRAMMARS: readonly (readonly [Grammar, readonly string[]])[] = [
  [javascript, ['.js', '.mjs', '.cjs', '.jsx']],
  [typescript, ['.ts', '.mts', '.cts']],
  [tsx, ['.tsx']],
]

export function grammarOf(file: string): Grammar | undefined {
  const extension = path.extname(file).toLowerCase()
  return GRAMMARS.find(([, extensions]) => extensions.includes(extension))?.[0]
}
