import type { Context } from './context.ts'

/** Does the workflow call its feature finished only when the application was seen at work? */
export function needsApplication({ dialect, reader, plan }: Context): boolean {
  return dialect.production?.(reader, plan).needed ?? false
}
