import path from 'node:path'
import type { Grammar } from '../grammar.ts'
import { cpp } from './cpp.ts'
import { go } from './go.ts'
import { java } from './java.ts'
import { javascript } from './javascript.ts'
import { php } from './php.ts'
import { python } from './python.ts'
import { ruby } from './ruby.ts'
import { rust } from './rust.ts'
import { tsx, typescript } from './typescript.ts'

const GRAMMARS: readonly (readonly [Grammar, readonly string[]])[] = [
  [javascript, ['.js', '.mjs', '.cjs', '.jsx']],
  [typescript, ['.ts', '.mts', '.cts']],
  [tsx, ['.tsx']],
  [python, ['.py']],
  [ruby, ['.rb']],
  [go, ['.go']],
  [java, ['.java']],
  [rust, ['.rs']],
  [cpp, ['.cc', '.cpp', '.cxx', '.hpp', '.hh', '.h']],
  [php, ['.php']],
]

export function grammarOf(file: string): Grammar | undefined {
  const extension = path.extname(file).toLowerCase()
  return GRAMMARS.find(([, extensions]) => extensions.includes(extension))?.[0]
}
