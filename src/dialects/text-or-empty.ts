import { Unreadable, type WorkspaceReader } from './dialect.ts'

/** The text of a file; empty where it is not there or is no text, for a reader that only looks for signs. */
export function textOrEmpty(reader: WorkspaceReader, path: string): string {
  try {
    return reader.read(path) ?? ''
  } catch (error) {
    if (error instanceof Unreadable) return ''
    throw error
  }
}
