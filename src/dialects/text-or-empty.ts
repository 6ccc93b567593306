import { ConflictMarkers } from './conflict-markers.ts'
import { Unreadable, type WorkspaceReader } from './dialect.ts'

/** The text of a file; empty if it is missing or cannot be read. For files that only give hints. */
export function textOrEmpty(reader: WorkspaceReader, path: string): string {
  try {
    return reader.read(path) ?? ''
  } catch (error) {
    if (error instanceof Unreadable || error instanceof ConflictMarkers) return ''
    throw error
  }
}
