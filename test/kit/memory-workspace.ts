import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Candidate, WorkspaceReader } from '../../src/dialects/dialect.ts'
import type { Plan } from '../../src/plan/plan.ts'
import { specKit } from '../../src/dialects/spec-kit/spec-kit.ts'

/** The folder of the corpus; `undefined` if it does not exist. */
export function corpusFolder(root: string): string | undefined {
  const folder = join(root, '..', 'shared', 'corpus')
  return existsSync(join(folder, 'labels.jsonl')) ? folder : undefined
}

/** A workspace in memory. */
export function memoryWorkspace(
  files: Readonly<Record<string, string>>,
  around: { branch?: string; variables?: Readonly<Record<string, string>> } = {},
): WorkspaceReader {
  const paths = Object.keys(files)
  return {
    read: path => files[path],
    exists: path => paths.some(file => file === path || file.startsWith(`${path}/`)),
    list: path => listed(paths, path),
    rows: () => [],
    branch: () => around.branch,
    variable: name => around.variables?.[name],
  }
}

export const CANDIDATE: Candidate = {
  id: '001-one',
  dir: 'specs/001-one',
  tasks: 'specs/001-one/tasks.md',
}

/** The plan of one file of the corpus, read as the tasks.md of a feature. */
export function planOf(corpus: string, file: string): { plan: Plan; source: string } {
  const source = textOf(corpus, file)
  return { plan: readText(source), source }
}

/** The text of one file of the corpus. */
export function textOf(corpus: string, file: string): string {
  // ignoreBOM keeps the byte order mark, as the reader of the server does.
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
  return decoder.decode(readFileSync(join(corpus, file)))
}

/** The plan of a text. */
export function readText(source: string): Plan {
  return specKit.read(memoryWorkspace({ [CANDIDATE.tasks]: source }), CANDIDATE)
}

function listed(files: readonly string[], path: string): string[] {
  const above = path === '' ? '' : `${path}/`
  const inside = files.filter(file => file.startsWith(above))
  const names = inside.map(file => file.slice(above.length).replace(/\/.*$/, '/'))
  return [...new Set(names)].sort()
}
