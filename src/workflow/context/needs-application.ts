import type { Application } from '../../plan/application.ts'
import { plannedApplication } from '../../store/planned-application.ts'
import type { Context } from './context.ts'

/** True if the workflow requires that the running application is validated before the feature is complete. */
export function needsApplication({ dialect, reader, plan }: Context): boolean {
  return dialect.production?.(reader, plan).needed ?? false
}

/** The application that the settings and the plan describe; `false` if the settings say that there is none. */
export function applicationOf(context: Context): Application | false | undefined {
  const { dialect, reader, plan, settings } = context
  return plannedApplication(settings.validation, dialect.production?.(reader, plan).application)
}

/** True if the workflow requires a user flow and none is defined, so that the validation could not pass. */
export function lacksFlows(context: Context): boolean {
  if (!needsApplication(context)) return false
  const application = applicationOf(context)
  return application !== false && (application?.flows ?? []).length === 0
}
