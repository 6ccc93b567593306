import { Unreadable, type Shelf } from './dialect.ts'

/** The text of a file; empty where it is not there or is no text, for a reader that only looks for signs. */
export function readableText(shelf: Shelf, path: string): string {
  try {
    return shelf.read(path) ?? ''
  } catch (error) {
    if (error instanceof Unreadable) return ''
    throw error
  }
}
