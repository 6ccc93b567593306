import type { Candidate, WorkspaceReader } from '../dialect.ts'
import { featuresIn } from '../numbered-list/features.ts'

/** Where OpenSpec keeps its changes. */
export const PLACE = 'openspec/changes'

/** The changes that are not archived. */
export function changesOf(reader: WorkspaceReader): Candidate[] {
  return featuresIn(reader, PLACE).filter(({ id }) => id !== 'archive')
}

/** The finished changes. They can be read if a caller names them, and are never active. */
export function archivedChanges(reader: WorkspaceReader): Candidate[] {
  return featuresIn(reader, `${PLACE}/archive`)
}
