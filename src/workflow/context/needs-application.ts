import type { Desk } from './context.ts'

/** Does the workflow call its feature finished only when the application was seen at work? */
export function needsApplication({ dialect, shelf, plan }: Desk): boolean {
  return dialect.production?.(shelf, plan).needed ?? false
}
