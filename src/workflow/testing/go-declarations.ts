import path from 'node:path'
import type { TestText } from './moved-text.ts'

/**
 * Whether tests moved to another file of the same Go package: every declaration of the earlier file is unchanged, in that file or in
 * the new one, and has no namesake. The names of imports have to mean the same packages.
 */
export function haveMovedInPackage(
  earlier: TestText,
  current: TestText,
  read: (file: string) => string | undefined,
): boolean {
  const folder = path.posix.dirname(earlier.file)
  if (!isGoTest(earlier.file) || !isGoTest(current.file)) return false
  if (folder !== path.posix.dirname(current.file)) return false
  const files = Object.keys(current.tree.files).filter(
    file => path.posix.dirname(file) === folder && isGoTest(file),
  )
  const now = files.flatMap(file => declarations(read(file) ?? '').map(text => ({ file, text })))
  const places = new Set([earlier.file, current.file])
  const imports = importsOf(earlier.text)
  const moved: string[] = []
  for (const text of declarations(earlier.text)) {
    const namesakes = now.filter(one => headOf(one.text) === headOf(text))
    const [only] = namesakes
    if (namesakes.length !== 1 || only?.text !== text || !places.has(only.file)) return false
    if (only.file === current.file) moved.push(text)
  }
  return moved.length > 0 && keepImports(moved.join('\n'), imports, importsOf(current.text))
}

function isGoTest(file: string): boolean {
  return file.endsWith('_test.go')
}

/** The top-level declarations of a file, without imports, comments and blank lines. */
function declarations(text: string): string[] {
  const found: string[][] = []
  for (const line of text.split('\n').map(line => line.trimEnd())) {
    if (line === '' || line.startsWith('//')) continue
    if (START.test(line)) found.push([])
    found.at(-1)?.push(line)
  }
  return found.map(lines => lines.join('\n')).filter(one => /^(?:func|type|var|const)\b/.test(one))
}

const START = /^(?:package|import|func|type|var|const)\b/

/** What names a declaration: its first line, up to its parameters or its value. */
function headOf(declaration: string): string {
  return /^func (?:\([^)]*\) ?)?\w+|^\w+ \w+|^.*/.exec(declaration)?.[0] ?? ''
}

/** The packages that a file imports, by the name that it uses for them. */
function importsOf(text: string): Map<string, string> {
  const block = /^import \(([^)]*)\)/gm
  const blocks = [...text.matchAll(block)].flatMap(([, lines = '']) => lines.split('\n'))
  const single = [...text.matchAll(/^import ([^(\n]+)$/gm)].map(([, line = '']) => line)
  return new Map(
    [...blocks, ...single].flatMap(line => {
      const [, alias, name] = /^\s*([\w.]+)?\s*"([^"]+)"/.exec(line) ?? []
      return name === undefined ? [] : [[alias ?? path.posix.basename(name), name] as const]
    }),
  )
}

function keepImports(
  moved: string,
  before: ReadonlyMap<string, string>,
  now: ReadonlyMap<string, string>,
): boolean {
  // A dot import brings every name of its package, so any of them may replace a name in the test.
  if (now.get('.') !== before.get('.')) return false
  return [...before].every(
    ([name, from]) => now.get(name) === from || !new RegExp(`\\b${name}\\.`).test(moved),
  )
}
