import { lastEvent, type EventOf } from '../../evidence/event.ts'
import type { Progress } from '../../plan/progress.ts'
import type { Context } from '../context/context.ts'
import { escalation } from './escalation.ts'
import { failedTasks } from './failed-tasks.ts'
import { implemented, finishedWorks } from './implemented.ts'
import { measuredTargets, measuredValues } from './measured-values.ts'
import { finalSteps, recommendations } from './next-steps.ts'
import { countsOf } from '../response/task-start.ts'
import { planReport } from './plan-report.ts'
import { productionReport, productionVerdict } from './production-report.ts'
import { resumedTasks } from './resumed-tasks.ts'
import { standardsReport } from './standards-report.ts'
import { progressAt, taskStates } from '../context/task-state.ts'
import { testGroups } from '../response/test-groups.ts'
import { needsApplication } from '../context/needs-application.ts'

/** What a person reads at the end: complete, or partial with what is missing and what to do; every number is computed. */
export function outcomeReport(context: Context): string {
  const progress = progressAt(context)
  const validation = lastEvent(context.ledger.events, 'validation')
  const complete = progress.done === progress.total && validation?.passed === true
  const own = complete ? planReport(context, progress, validation) : undefined
  const works = finishedWorks(context)
  return [
    ...(own ?? outcome(context, progress, validation, complete)),
    '',
    ...section('What was implemented', implemented(works)),
    ...section('Measured', measuredValues(context)),
    ...section(
      'Next steps',
      numbered(complete ? finalSteps(context, works) : recommendations(context)),
    ),
    ...(complete ? [closingLine(context, progress, validation), ''] : []),
  ].join('\n')
}

function outcome(
  context: Context,
  progress: Progress,
  validation: EventOf<'validation'> | undefined,
  complete: boolean,
): string[] {
  return [
    complete ? '# Implementation Complete!' : '# Implementation Partial!',
    '',
    `- ${tick(progress.done === progress.total)} ${progress.done}/${progress.total} tasks completed${notes(context, progress)}`,
    ...tests(validation),
    ...measuredTargets(context),
    ...failedTasks(context),
    ...unproven(context),
    ...groups(context),
    '',
    ...escalation(context),
    '## Gates',
    ...gates(validation),
    '',
    ...(validation ? [...productionReport(validation), ...standardsReport(validation)] : []),
    '## Phases',
    ...progress.phases.map(
      ({ name, done, total }) => `- ${name}: ${done}/${total}${mark(done, total)}`,
    ),
    `- Together: ${countsOf(context.plan)}`,
    '',
    ...duration(context),
    `Feature: ${context.plan.feature.dir}`,
  ]
}

/** No more than was seen. */
function closingLine(
  context: Context,
  { waived }: Progress,
  validation: EventOf<'validation'> | undefined,
): string {
  const proven = `Every task is proven${waived > 0 ? ' or waived by a person' : ''}`
  if (validation && productionVerdict(validation) === 'pass')
    return `${proven}, the validation has passed, and the application was seen to work: ready for review and deployment!`
  return needsApplication(context)
    ? `${proven} and the validation has passed; the application itself was not checked.`
    : `${proven} and the validation has passed: ready for review and deployment!`
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [`## ${title}`, ...lines, '']
}

function numbered(steps: readonly string[]): string[] {
  return steps.map((step, at) => `${at + 1}. ${step}`)
}

function notes(context: Context, { waived, claimed }: Progress): string {
  const resumed = resumedTasks(context)
  const parts = [
    waived > 0 && `${waived} of them waived`,
    claimed > 0 && `${claimed} ticked by hand`,
    resumed > 0 && `${resumed} resumed from previous run`,
  ]
  const said = parts.filter(part => part !== false)
  return said.length > 0 ? ` (${said.join(', ')})` : ''
}

function tests(validation: EventOf<'validation'> | undefined): string[] {
  if (!validation?.counts) return ['- ⚠ The full suite has not been run as a validation']
  const { passed, failed, errored } = validation.counts
  const bad = failed + errored
  return [`- ${tick(bad === 0)} ${passed + bad} tests, ${bad} failures`]
}

function unproven(context: Context): string[] {
  const states = taskStates(context)
  const claimed = context.plan.tasks.filter(({ id }) => states.get(id)?.unverified)
  return claimed.map(({ id, title }) => `- ⚠ ${id} ${title}: ticked, and never seen to be done`)
}

/** The groups that this feature's tests belong to, as each was seen last. */
function groups(context: Context): string[] {
  return testGroups(context).map(({ name, passed, total, unloaded }) =>
    passed === total && unloaded === 0
      ? `- ✓ All ${name} tests passing (${total})`
      : `- ⚠ Of the ${name} tests ${passed} of ${total} pass${unloaded > 0 ? `, and ${unloaded} files cannot be loaded yet` : ''}`,
  )
}

function gates(validation: EventOf<'validation'> | undefined): string[] {
  if (!validation) return ['- ⚠ No validation has been run yet']
  return validation.gates.flatMap(({ name, passed, findings }) => [
    `- ${tick(passed)} ${name}`,
    ...findings.map(finding => `  - ${finding}`),
  ])
}

function duration({ ledger: { events } }: Context): string[] {
  const [first] = events
  const last = events.at(-1)
  if (!first || !last) return []
  const minutes = Math.round((Date.parse(last.at) - Date.parse(first.at)) / 60_000)
  return [`From the first event to the last: ${minutes} min`]
}

function tick(good: boolean): string {
  return good ? '✓' : '✗'
}

function mark(done: number, total: number): string {
  return done === total ? ' ✓' : ''
}
