import type { EventOf } from '../../evidence/event.ts'
import { countOf } from '../../plan/format-list.ts'
import { findStart } from '../../runner/start-command.ts'
import { rootPackage } from '../../store/package-view.ts'
import { SETTINGS_FILE } from '../../plan/settings-file.ts'
import type { Context } from '../context/context.ts'
import { applicationOf } from '../context/needs-application.ts'

/** What a passed validation does not show: a sentence each. They stand before everything else that a report says. */
export function reservations(
  context: Context,
  validation: EventOf<'validation'> | undefined,
): string[] {
  return [...earlierFailures(validation), ...unstartedApplication(context)]
}

/** Tests that fail although the validation passed, because they failed before the feature too. */
function earlierFailures(validation: EventOf<'validation'> | undefined): string[] {
  if (!validation?.passed || !validation.counts) return []
  const { failed, errored } = validation.counts
  const count = failed + errored
  if (count === 0) return []
  const verb = count === 1 ? 'fails' : 'fail'
  return [`${countOf(count, 'test')} ${verb}, as before this feature.`]
}

/** The project can be started, and nothing describes how the running application is checked. */
export function unstartedApplication(context: Context): string[] {
  if (applicationOf(context) !== undefined) return []
  const found = findStart(rootPackage(context.workspace).view, file => context.reader.read(file))
  if (!found) return []
  return [
    `The application was not started: \`${found.argv.join(' ')}\` (${found.because}) would start it, but ${SETTINGS_FILE} has no \`validation\`. Describe it there, or set "start": false if there is nothing to start.`,
  ]
}
