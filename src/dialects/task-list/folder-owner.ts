import type { WorkspaceReader } from '../dialect.ts'
import { textOrEmpty } from '../text-or-empty.ts'

/** A path that shows that the workspace uses SpecFlow, or the playbook that drives it. */
export function specflowTrace(reader: WorkspaceReader): string | undefined {
  return TRACES.find(path => reader.exists(path))
}

/**
 * Whether a folder below `.specify/specs/`, which spec-kit also uses, belongs to SpecFlow. The ids in its tasks.md decide,
 * then the workspace, then the folder's name.
 */
export function isSpecflowFolder(reader: WorkspaceReader, dir: string): boolean {
  const text = textOrEmpty(reader, `${dir}/tasks.md`)
  const own = [...text.matchAll(OWN_IDS)].length
  const foreign = [...text.matchAll(FOREIGN_IDS)].length
  if (own < foreign) return false
  const name = dir.split('/').at(-1) ?? dir
  if (specflowTrace(reader) !== undefined || /^f-(\d|n-)/i.test(name)) return true
  // spec-kit names its folders `012-name`.
  return own > foreign && !/^\d{3,}-/.test(name)
}

const TRACES = ['.specflow', 'features.db', '.maestro']

/** Ids at the start of a task line: `T-1.2` in SpecFlow, `T012` in spec-kit. */
const OWN_IDS = /^[ \t]*(?:[-*+][ \t]+\[.?\]|#{2,4}|\|)[ \t*~[]*T-\d+\.\d/gm
const FOREIGN_IDS = /^[ \t]*(?:[-*+][ \t]+\[.?\]|#{2,4}|\|)[ \t*~[]*T\d{3}/gm
