import { attemptsLeft } from '../../evidence/run-limits.ts'
import type { EventOf } from '../../evidence/event.ts'
import { formatList } from '../../plan/format-list.ts'
import { uncheckedAtValidation } from '../checkout/earlier-tests.ts'
import { describeSuperseded } from '../checkout/superseded-tests.ts'
import type { NextStep } from '../context/call.ts'
import type { Context } from '../context/context.ts'
import { limitsUsed } from '../context/limits.ts'
import { needsApplication } from '../context/needs-application.ts'
import { resourceUri } from '../context/resource-uri.ts'
import { describeChangedCriteria } from '../report/changed-since-start.ts'
import { implementedPhrase, finishedWorks } from '../report/implemented.ts'
import { reportFile } from '../report/outcome-report.ts'
import { unstartedApplication } from '../report/reservations.ts'
import { droppedNote } from '../response/dropped-tasks.ts'
import { callFor } from '../response/next-step.ts'
import { reviewNotes } from '../response/review-notes.ts'
import { hooksAfter } from '../response/task-start.ts'
import { runSummary, type RunSummary } from '../testing/run-record.ts'
import { toolchainOf } from '../testing/toolchain.ts'
import { settingsChanges } from '../verify/settings-changes.ts'
import type { KnownFailure } from './application/known-failure.ts'

/** The answer to `run_validation`. */
export interface ValidationResponse {
  passed: boolean
  attempt: number
  attemptsLeft: number
  gates: GateSummary[]
  /** Known failures whose symptoms were found, if any. */
  known?: KnownFailure[]
  /** URIs of screenshots of the application's pages, if any. */
  screenshots?: string[]
  /** URI of the report. */
  report: string
  messages: string[]
  /** An earlier call recorded this result, and nothing was run now. */
  repeated?: true
  next: NextStep
}

type RecordedGate = EventOf<'validation'>['gates'][number]

/** A gate as the answer shows it. */
export type GateSummary = Omit<RecordedGate, 'run'> & { summary: string } & Partial<RunSummary>

/** The checks, the command and the output are left out if the gate passed: the report has them. */
export function gateSummary(
  context: Context,
  { run, checks, ...gate }: GateSummary & Pick<RecordedGate, 'run'>,
): GateSummary {
  if (!gate.passed)
    return { ...gate, ...(checks && { checks }), ...(run && runSummary(context, run, 30)) }
  const { name, passed, verdict, summary, findings } = gate
  return { name, passed, ...(verdict !== 'pass' && { verdict }), summary, findings }
}

/** The gates of a recorded validation. */
export function recordedGates(
  context: Context,
  { gates, run }: EventOf<'validation'>,
): GateSummary[] {
  return gates.map(gate =>
    gateSummary(context, {
      ...gate,
      summary: gate.summary ?? 'recorded',
      run: gate.name === 'tests' ? run : gate.run,
    }),
  )
}

/** What the validation found. */
export interface ValidationResult {
  gates: GateSummary[]
  known: KnownFailure[]
  screenshots: { name: string }[]
}

/**
 * The answer for a validation that was recorded.
 *
 * @param leftOut why the application was not started, if it was not
 */
export function validationResponse(
  context: Context,
  { gates, known, screenshots }: ValidationResult,
  attempt: number,
  passed: boolean,
  leftOut: string | undefined,
): ValidationResponse {
  const { feature } = context.plan
  const unstarted = leftOut === undefined ? [] : unstartedApplication(context).map(asWarning)
  return {
    passed,
    attempt,
    attemptsLeft: attemptsLeft(limitsUsed(context), context.settings.limits),
    gates,
    ...(known.length > 0 && { known }),
    ...(screenshots.length > 0 && {
      screenshots: screenshots.map(({ name }) => resourceUri(feature, `screenshots/${name}`)),
    }),
    report: resourceUri(feature, 'validation'),
    messages: [
      ...(unstarted.length > 0 || leftOut === undefined ? unstarted : [leftOut]),
      ...droppedNote(context),
      ...(passed ? [implementedPhrase(finishedWorks(context)), ...hooksAfter(context)] : []),
      ...uncheckedAtValidation(context),
      ...describeSuperseded(context),
      ...describeChangedCriteria(context),
      ...reviewNotes(context),
      ...settingsChanges(context).map(({ text }) => `! ${text}`),
      ...(!passed && needsApplication(context)
        ? [`${feature.id} was not marked as complete.`]
        : []),
      ...toolchainOf(context).missing.map(
        name => `${name} is configured but not installed, so it was not run.`,
      ),
    ],
    next: nextAfter(context, gates, passed),
  }
}

function asWarning(text: string): string {
  return `! ${text}`
}

function nextAfter(context: Context, gates: readonly GateSummary[], passed: boolean): NextStep {
  if (passed) return forHuman('Show a human the result: they review and commit it.')
  if (attemptsLeft(limitsUsed(context), context.settings.limits) === 0)
    return forHuman(`No attempt is left, so the work stops here. ${humanNextStep(context)}`)
  const failed = gates.filter(gate => !gate.passed).map(gate => gate.name)
  const duty = `Fix what ${formatList(failed)} found.`
  return callFor(context.call.frontend, 'run_validation', {}, duty)
}

function forHuman(say: string): NextStep {
  return { tool: null, arguments: {}, say }
}

/** What to do if no validation attempt is left. */
export function humanNextStep(context: Context): string {
  const report = resourceUri(context.plan.feature, 'validation')
  return `Show a human the report (${report}, ${reportFile(context)}): they can allow one more attempt with \`redgreen allow-run\` in a terminal.`
}
