import type { Context } from './context.ts'

/** True if the workflow requires that the running application is validated before the feature is complete. */
export function needsApplication({ dialect, reader, plan }: Context): boolean {
  return dialect.production?.(reader, plan).needed ?? false
}
