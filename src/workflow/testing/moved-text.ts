import path from 'node:path'
import type { Tree } from '../../store/tree.ts'
import { loadedModules } from './loaded-modules.ts'

/** A test file, with the files around it. */
export interface TestText {
  file: string
  text: string
  tree: Pick<Tree, 'files'>
}

/**
 * Whether a test file that moved to another path has the same lines. Only the relative paths in them may differ, and have to mean the
 * same files. `grown`: other lines were added before or after them.
 */
export function compareMoved(earlier: TestText, current: TestText): 'same' | 'grown' | undefined {
  if (isShadowed(earlier, current)) return undefined
  const lines = linesOf(earlier)
  const now = linesOf(current)
  if (now.length === lines.length)
    return lines.every((line, at) => isEqual(line, now[at], { earlier, current }))
      ? 'same'
      : undefined
  // A test that was added often needs another import.
  const imports = now.filter(isImport)
  const areImported = lines
    .filter(isImport)
    .every(line => imports.some(other => isEqual(line, other, { earlier, current })))
  const body = lines.filter(line => !isImport(line))
  const bodyNow = now.filter(line => !isImport(line))
  const isWithin = bodyNow.some((_, at) =>
    body.every((line, step) => isEqual(line, bodyNow[at + step], { earlier, current })),
  )
  return areImported && body.length > 0 && isWithin ? 'grown' : undefined
}

function isImport(line: string): boolean {
  return IMPORT.test(line)
}

interface Pair {
  earlier: TestText
  current: TestText
}

function isEqual(line: string, other: string | undefined, pair: Pair): boolean {
  if (other === undefined) return false
  if (isImport(line)) return isSameImport(line, other, pair)
  return line === other || resolved(line, pair.earlier) === resolved(other, pair.current)
}

/** The same module by its path, or one with the same content, which moved too. */
function isSameImport(line: string, other: string, { earlier, current }: Pair): boolean {
  if (resolved(line, earlier) === resolved(other, current)) return true
  if (line !== other) return false
  const [modules, others] = [contentsOf(line, earlier), contentsOf(other, current)]
  return modules.length > 0 && modules.join() === others.join()
}

function contentsOf(line: string, { file, tree }: TestText): string[] {
  return loadedModules(file, line, Object.keys(tree.files)).map(name => tree.files[name] ?? '')
}

const IMPORT =
  /^\s*(?:import\b|from\s+\.|export\b.*\bfrom\b|require)|\bfrom\s+['"]|\b(?:import|require|require_relative|include)\s?\(?\s?['"]/

/** A line with the relative paths in it as paths from the root of the workspace. */
function resolved(line: string, { file }: TestText): string {
  const folder = path.posix.dirname(file)
  const absolute = line.replace(
    RELATIVE,
    (_all, quote: string, name: string) => `${quote}<${path.posix.join(folder, name)}>`,
  )
  return absolute.replace(PYTHON, (_all, start: string, dots: string, name: string) => {
    const place = path.posix.join(folder, ...Array.from(dots.slice(1), () => '..'))
    return `${start}<${path.posix.join(place, name.replaceAll('.', '/'))}>`
  })
}

const RELATIVE = /(['"`])(\/?\.{1,2}\/[^'"`\n]{0,500})/g
const PYTHON = /^(\s*from\s+)(\.+)([\w.]*)(?=\s+import\b)/

/** Whether another module of the same name is in the folder of the moved test, where Python looks first. */
function isShadowed(earlier: TestText, current: TestText): boolean {
  if (!current.file.endsWith('.py')) return false
  const names = [...current.text.matchAll(MODULES)].map(([, name = '']) => name)
  return names.some(name => {
    const [before, now] = [earlier, current].map(text => sibling(text, name))
    return now !== undefined && now !== before
  })
}

const MODULES = /^\s*(?:from|import)\s+(\w+)/gm

/** The content of the module beside a file. */
function sibling({ file, tree }: TestText, name: string): string | undefined {
  const beside = path.posix.join(path.posix.dirname(file), name)
  return tree.files[`${beside}.py`] ?? tree.files[`${beside}/__init__.py`]
}

function linesOf({ text }: TestText): string[] {
  return text
    .split('\n')
    .map(line => line.trimEnd())
    .filter(line => line !== '')
}
