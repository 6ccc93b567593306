import type { Context } from '../context/context.ts'

/** The text of a file for a hint; empty if it cannot be read, because a hint must not fail a run that is recorded. */
export function readableText({ reader }: Pick<Context, 'reader'>, file: string): string {
  try {
    return reader.read(file) ?? ''
  } catch {
    return ''
  }
}
