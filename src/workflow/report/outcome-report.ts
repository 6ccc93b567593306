import path from 'node:path'
import { lastEvent, type EventOf } from '../../evidence/event.ts'
import { countOf } from '../../plan/format-list.ts'
import type { Progress } from '../../plan/progress.ts'
import { joinAsLines, safeText } from '../../runner/safe-text.ts'
import { writeFile } from '../../store/files.ts'
import type { Context } from '../context/context.ts'
import { needsApplication } from '../context/needs-application.ts'
import { progressAt } from '../context/task-state.ts'
import { mutationLines } from '../response/mutation-notes.ts'
import { planCounts } from '../response/task-start.ts'
import { testGroups } from '../response/test-groups.ts'
import { escalation } from './escalation.ts'
import { implemented, finishedWorks } from './implemented.ts'
import { measuredTargets, measuredValues } from './measured-values.ts'
import { finalSteps, recommendations } from './next-steps.ts'
import { planReport } from './plan-report.ts'
import { productionReport, productionVerdict } from './production-report.ts'
import { reservations } from './reservations.ts'
import { reviewLines } from './review-lines.ts'
import { failedTaskLines, taskTotals, unverifiedTaskLines } from './task-lines.ts'

type Validation = EventOf<'validation'> | undefined

/** Writes the outcome report to a file, for people who read files and not resources. */
export function writeOutcomeReport(context: Context): void {
  writeFile(
    path.join(context.workspace.root, reportFile(context)),
    safeText(outcomeReport(context)),
  )
}

/** The path of that file, relative to the workspace. */
export function reportFile({ key }: Pick<Context, 'key'>): string {
  return `.redgreen/reports/${encodeURIComponent(key)}.md`
}

/** The report on a feature, in Markdown: complete, or partial with what is missing. Every number in it is computed. */
export function outcomeReport(context: Context): string {
  const progress = progressAt(context)
  const validation = lastEvent(context.ledger.events, 'validation')
  const isComplete = progress.done === progress.total && validation?.passed === true
  const own = isComplete ? planReport(context, progress, validation) : undefined
  const works = finishedWorks(context)
  const [title = '', ...lines] = own ?? generalReport(context, progress, validation, isComplete)
  const limits = reservations(context, validation).map(text => `- ⚠ ${text}`)
  const steps = isComplete ? finalSteps(context, works) : recommendations(context)
  return joinAsLines([
    title,
    ...(isComplete && limits.length > 0 ? ['', ...limits] : []),
    ...lines,
    '',
    ...section('Review', reviewLines(context)),
    ...section('What was implemented', implemented(works)),
    ...section(
      'Mutation check',
      mutationLines(context).map(line => `- ${line.replace(/^! /, '⚠ ')}`),
    ),
    ...section('Measured', measuredValues(context)),
    ...section(
      'Next steps',
      steps.map((step, at) => `${at + 1}. ${step}`),
    ),
    ...(isComplete ? [closingLine(context, progress, validation), ''] : []),
  ])
}

function generalReport(
  context: Context,
  progress: Progress,
  validation: Validation,
  isComplete: boolean,
): string[] {
  return [
    isComplete ? '# Implementation Complete!' : '# Implementation Partial!',
    '',
    `- ${tick(progress.done === progress.total)} ${taskTotals(context, progress)}`,
    testTotals(validation),
    ...measuredTargets(context),
    ...failedTaskLines(context),
    ...unverifiedTaskLines(context),
    ...testGroupLines(context),
    '',
    ...escalation(context),
    '## Gates',
    ...gateLines(validation),
    '',
    ...(validation ? productionReport(validation) : []),
    ...section('Standards', standardLines(validation)),
    '## Phases',
    ...progress.phases.map(
      ({ name, done, total }) => `- ${name}: ${done}/${total}${done === total ? ' ✓' : ''}`,
    ),
    `- Total: ${planCounts(context.plan)}`,
    '',
    ...duration(context),
    `Feature: ${context.plan.feature.dir}`,
  ]
}

/** Claims no more than the evidence shows. */
function closingLine(context: Context, { waived }: Progress, validation: Validation): string {
  const proven = `Every task is proven${waived > 0 ? ' or waived by a human' : ''}`
  if (reservations(context, validation).length > 0)
    return `${proven} and the validation has passed. Before you deploy, read the warnings at the top of this report.`
  if (validation && productionVerdict(validation) === 'pass')
    return `${proven}, the validation has passed, and the application was seen to work: ready for review and deployment!`
  return needsApplication(context)
    ? `${proven} and the validation has passed; the application itself was not checked.`
    : `${proven} and the validation has passed: ready for review and deployment!`
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [`## ${title}`, ...lines, '']
}

function testTotals(validation: Validation): string {
  if (!validation?.counts) return '- ⚠ The full suite has not been run for a validation'
  const { passed, failed, errored } = validation.counts
  const failures = failed + errored
  return `- ${tick(failures === 0)} ${countOf(passed + failures, 'test')}, ${countOf(failures, 'failure')}`
}

/** The groups of the feature's tests, such as contract tests, with their latest results. */
function testGroupLines(context: Context): string[] {
  return testGroups(context).map(({ name, passed, total, unloaded }) => {
    if (passed === total && unloaded === 0) return `- ✓ All ${name} tests passing (${total})`
    const files = unloaded > 0 ? `, and ${countOf(unloaded, 'file')} cannot be loaded yet` : ''
    return `- ⚠ ${passed} of ${total} ${name} tests pass${files}`
  })
}

function gateLines(validation: Validation): string[] {
  if (!validation) return ['- ⚠ No validation has been run yet']
  return validation.gates.flatMap(({ name, passed, findings }) => [
    `- ${tick(passed)} ${name}`,
    ...findings.map(finding => `  - ${finding}`),
  ])
}

function standardLines(validation: Validation): string[] {
  const { checks = [] } = validation?.gates.find(({ name }) => name === 'standards') ?? {}
  return checks.map(({ text, passed }) => `- ${text} ${tick(passed)}`)
}

function duration({ ledger: { events } }: Context): string[] {
  const [first] = events
  const last = events.at(-1)
  if (!first || !last) return []
  const minutes = Math.round((Date.parse(last.at) - Date.parse(first.at)) / 60_000)
  return [`Total time, from the first event to the last: ${minutes} min`]
}

function tick(good: boolean): string {
  return good ? '✓' : '✗'
}
