import { resourceUri } from '../context/resource-uri.ts'
import { attemptsLeft } from '../../evidence/budget.ts'
import type { KnownFailure } from './application/known-failure.ts'
import type { NextStep } from '../context/call.ts'
import type { Context } from '../context/context.ts'
import { limitsUsed } from '../context/limits.ts'
import { implementedPhrase, finishedWorks } from '../report/implemented.ts'
import { callFor } from '../response/next-step.ts'
import { closing } from '../response/task-start.ts'
import { uncheckedAtValidation } from '../checkout/earlier-tests.ts'
import { describeChangedCriteria, describeChangedTests } from '../report/changed-since-start.ts'
import { describeSuperseded } from '../checkout/superseded-tests.ts'
import { settingsChanges } from '../verify/settings.ts'
import { toolchainOf } from '../testing/toolchain.ts'
import { needsApplication } from '../context/needs-application.ts'
import { reportFile } from '../report/outcome-report.ts'
import { type GateSummary } from './gate-summary.ts'

/** What a caller is told of a validation. */
export interface ValidationResponse {
  passed: boolean
  attempt: number
  attemptsLeft: number
  gates: GateSummary[]
  /** Known failures whose signs were seen. */
  known: KnownFailure[]
  /** URIs of pictures of the application's pages. */
  screenshots: string[]
  /** URI of the report. */
  report: string
  messages: string[]
  next: NextStep
}

function dropped({ plan }: Context): string[] {
  const ids = plan.tasks.filter(({ markers }) => markers[0]?.state === 'other').map(({ id }) => id)
  return ids.length > 0
    ? [`The plan drops or defers ${ids.length} tasks: ${ids.slice(0, 10).join(', ')}.`]
    : []
}

/** What it came to. */
export interface ValidationResult {
  gates: GateSummary[]
  known: KnownFailure[]
  screenshots: { name: string }[]
}

/** A validation, as the caller is told. */
export function validationResponse(
  context: Context,
  { gates, known, screenshots }: ValidationResult,
  attempt: number,
  passed: boolean,
  leftOut: string | undefined,
): ValidationResponse {
  const { feature } = context.plan
  return {
    passed,
    attempt,
    attemptsLeft: attemptsLeft(limitsUsed(context), context.settings.limits),
    gates,
    known,
    screenshots: screenshots.map(({ name }) => resourceUri(feature, `screenshots/${name}`)),
    report: resourceUri(feature, 'validation'),
    messages: [
      ...(leftOut === undefined ? [] : [leftOut]),
      ...dropped(context),
      ...(passed
        ? [
            implementedPhrase(finishedWorks(context)),
            ...describeChangedTests(context),
            ...closing(context),
          ]
        : []),
      ...uncheckedAtValidation(context),
      ...describeSuperseded(context),
      ...describeChangedCriteria(context),
      ...settingsChanges(context).map(({ text }) => `! ${text}`),
      ...(!passed && needsApplication(context)
        ? [`${feature.id} was not marked as complete.`]
        : []),
      ...toolchainOf(context).missing.map(
        name => `Not run: ${name} is configured, and not installed.`,
      ),
    ],
    next: nextAfter(context, gates, passed),
  }
}

function humanNote(say: string): NextStep {
  return { tool: null, arguments: {}, say }
}

function nextAfter(context: Context, gates: readonly GateSummary[], passed: boolean): NextStep {
  if (passed) return humanNote('Show a person the result: reviewing and committing is theirs.')
  if (attemptsLeft(limitsUsed(context), context.settings.limits) === 0)
    return humanNote(`No attempt is left, so the work stops here. ${humanNextStep(context)}`)
  const failed = gates.filter(gate => !gate.passed).map(gate => gate.name)
  const duty = `Mend what ${failed.join(' and ')} found.`
  return callFor(context.call.frontend, 'run_validation', {}, duty)
}

/** What is left to do when no attempt is. */
export function humanNextStep(context: Context): string {
  const report = resourceUri(context.plan.feature, 'validation')
  return `Show a person the report (${report}, ${reportFile(context)}): they allow one more with \`redgreen allow-run\` in a terminal.`
}
