import { addressOf } from '../context/resource-uri.ts'
import { attemptsLeft } from '../../evidence/budget.ts'
import type { KnownFailure } from './application/known-failure.ts'
import type { Next } from '../context/call.ts'
import type { Desk } from '../context/context.ts'
import { usedNow } from '../context/limits.ts'
import { implementedPhrase, worksOf } from '../report/implemented.ts'
import { callFor } from '../response/next-step.ts'
import { closing } from '../response/task-start.ts'
import { unseenAtValidation } from '../checkout/earlier-tests.ts'
import { measuresToRead } from '../report/measures-of-before.ts'
import { overruledTold } from '../checkout/superseded-tests.ts'
import { testsToRead } from '../report/tests-of-before.ts'
import { settingsChanges } from '../verify/settings.ts'
import { toolchainOf } from '../testing/toolchain.ts'
import { needsApplication } from '../context/needs-application.ts'
import { reportFile } from './report.ts'
import { type ToldGate } from './gate-summary.ts'

/** What a caller is told of a validation. */
export interface Validation {
  passed: boolean
  attempt: number
  attemptsLeft: number
  gates: ToldGate[]
  /** Known failures whose signs were seen. */
  known: KnownFailure[]
  /** URIs of pictures of the application's pages. */
  screenshots: string[]
  /** URI of the report. */
  report: string
  messages: string[]
  next: Next
}

function dropped({ plan }: Desk): string[] {
  const ids = plan.tasks
    .filter(({ carriers }) => carriers[0]?.state === 'other')
    .map(({ id }) => id)
  return ids.length > 0
    ? [`The plan drops or defers ${ids.length} tasks: ${ids.slice(0, 10).join(', ')}.`]
    : []
}

/** What it came to. */
export interface Told {
  gates: ToldGate[]
  known: KnownFailure[]
  screenshots: { name: string }[]
}

/** A validation, as the caller is told. */
export function validationAnswer(
  desk: Desk,
  { gates, known, screenshots }: Told,
  attempt: number,
  passed: boolean,
  leftOut: string | undefined,
): Validation {
  const { feature } = desk.plan
  return {
    passed,
    attempt,
    attemptsLeft: attemptsLeft(usedNow(desk), desk.settings.limits),
    gates,
    known,
    screenshots: screenshots.map(({ name }) => addressOf(feature, `screenshots/${name}`)),
    report: addressOf(feature, 'validation'),
    messages: [
      ...(leftOut === undefined ? [] : [leftOut]),
      ...dropped(desk),
      ...(passed ? [implementedPhrase(worksOf(desk)), ...testsToRead(desk), ...closing(desk)] : []),
      ...unseenAtValidation(desk),
      ...overruledTold(desk),
      ...measuresToRead(desk),
      ...settingsChanges(desk).map(({ text }) => `! ${text}`),
      ...(!passed && needsApplication(desk) ? [`${feature.id} was not marked as complete.`] : []),
      ...toolchainOf(desk).missing.map(
        name => `Not run: ${name} is configured, and not installed.`,
      ),
    ],
    next: nextAfter(desk, gates, passed),
  }
}

function forPerson(say: string): Next {
  return { tool: null, arguments: {}, say }
}

function nextAfter(desk: Desk, gates: readonly ToldGate[], passed: boolean): Next {
  if (passed) return forPerson('Show a person the result: reviewing and committing is theirs.')
  if (attemptsLeft(usedNow(desk), desk.settings.limits) === 0)
    return forPerson(`No attempt is left, so the work stops here. ${showPerson(desk)}`)
  const failed = gates.filter(gate => !gate.passed).map(gate => gate.name)
  const duty = `Mend what ${failed.join(' and ')} found.`
  return callFor(desk.call.surface, 'run_validation', {}, duty)
}

/** What is left to do when no attempt is. */
export function showPerson(desk: Desk): string {
  const report = addressOf(desk.plan.feature, 'validation')
  return `Show a person the report (${report}, ${reportFile(desk)}): they allow one more with \`redgreen allow-run\` in a terminal.`
}
