import type { WorkspaceReader } from '../dialect.ts'
import { textOrEmpty } from '../text-or-empty.ts'

/** What in the workspace says that SpecFlow, or the playbook that drives it, is at work here. */
export function specflowTrace(reader: WorkspaceReader): string | undefined {
  return TRACES.find(path => reader.exists(path))
}

/**
 * Is this folder below `.specify/specs/`, which spec-kit uses too, one of SpecFlow's? The ids in its tasks.md decide,
 * then its name, then the workspace.
 */
export function isSpecflowFolder(reader: WorkspaceReader, dir: string): boolean {
  const text = textOrEmpty(reader, `${dir}/tasks.md`)
  const own = [...text.matchAll(OWN_IDS)].length
  const foreign = [...text.matchAll(FOREIGN_IDS)].length
  if (own < foreign) return false
  const name = dir.split('/').at(-1) ?? dir
  if (specflowTrace(reader) !== undefined || /^f-(\d|n-)/i.test(name)) return true
  // `012-name` is how spec-kit names its folders.
  return own > foreign && !/^\d{3,}-/.test(name)
}

const TRACES = ['.specflow', 'features.db', '.maestro']

/** Ids at the beginning of a task's line: `T-1.2` here, `T012` there. */
const OWN_IDS = /^[ \t]*(?:[-*+][ \t]+\[.?\]|#{2,4}|\|)[ \t*~[]*T-\d+\.\d/gm
const FOREIGN_IDS = /^[ \t]*(?:[-*+][ \t]+\[.?\]|#{2,4}|\|)[ \t*~[]*T\d{3}/gm
