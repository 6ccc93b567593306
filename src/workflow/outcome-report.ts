import type { EventOf } from '../evidence/event.ts'
import type { Progress } from '../plan/progress.ts'
import type { Desk } from './desk.ts'
import { productionReport } from './production-report.ts'
import { progressAt, standingsOf } from './standing.ts'

/** What a person reads at the end: complete, or partial with what is missing and what to do; every number is computed. */
export function outcomeReport(desk: Desk): string {
  const progress = progressAt(desk)
  const last = desk.ledger.events.findLast(event => event.kind === 'validation')
  const validation = last?.kind === 'validation' ? last : undefined
  const complete = progress.done === progress.total && validation?.passed === true
  return [
    complete ? '# Implementation Complete!' : '# Implementation Partial!',
    '',
    `- ${tick(progress.done === progress.total)} ${progress.done}/${progress.total} tasks completed${notes(progress)}`,
    ...tests(validation),
    ...failures(desk),
    ...unproven(desk),
    '',
    '## Gates',
    ...gates(validation),
    '',
    ...(validation ? productionReport(validation) : []),
    '## Phases',
    ...progress.phases.map(
      ({ name, done, total }) => `- ${name}: ${done}/${total}${mark(done, total)}`,
    ),
    '',
    ...duration(desk),
    `Feature: ${desk.plan.feature.dir}`,
    '',
    '## Next steps',
    ...(complete ? REVIEW : recommendations(desk, validation)).map(
      (step, at) => `${at + 1}. ${step}`,
    ),
    '',
  ].join('\n')
}

const REVIEW = [
  'Review the files that were written',
  'Run the tests, and the application, yourself',
  'Commit: that is yours to do',
]

function notes({ waived, claimed }: Progress): string {
  const parts = [
    waived > 0 && `${waived} of them waived`,
    claimed > 0 && `${claimed} ticked by hand`,
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

function failures(desk: Desk): string[] {
  return [...desk.histories].flatMap(([id, { failed }]) =>
    failed ? [`- ✗ ${id} ${desk.tasks.get(id)?.title ?? ''}: ${failed.error}`] : [],
  )
}

function unproven(desk: Desk): string[] {
  const standings = standingsOf(desk)
  const claimed = desk.plan.tasks.filter(({ id }) => standings.get(id)?.claimed)
  return claimed.map(({ id, title }) => `- ⚠ ${id} ${title}: ticked, and never seen to be done`)
}

function gates(validation: EventOf<'validation'> | undefined): string[] {
  if (!validation) return ['- ⚠ No validation has been run yet']
  return validation.gates.flatMap(({ name, passed, findings }) => [
    `- ${tick(passed)} ${name}`,
    ...findings.map(finding => `  - ${finding}`),
  ])
}

function duration({ ledger: { events } }: Desk): string[] {
  const [first] = events
  const last = events.at(-1)
  if (!first || !last) return []
  const minutes = Math.round((Date.parse(last.at) - Date.parse(first.at)) / 60_000)
  return [`From the first event to the last: ${minutes} min`]
}

function recommendations(desk: Desk, validation: EventOf<'validation'> | undefined): string[] {
  const failed = [...desk.histories].filter(([, history]) => history.failed).map(([id]) => id)
  const open = (validation?.gates ?? []).filter(gate => !gate.passed).map(({ name }) => name)
  const { surface } = desk.call
  return [
    ...(failed.length > 0 ? [`Mend what stopped ${failed.join(', ')}`] : []),
    ...(open.length > 0 ? [`Mend what the gates found: ${open.join(', ')}`] : []),
    `To go on with the first task that is not done, ${surface.tell('next_task')}`,
    `At the end, ${surface.tell('run_validation')}`,
  ]
}

function tick(good: boolean): string {
  return good ? '✓' : '✗'
}

function mark(done: number, total: number): string {
  return done === total ? ' ✓' : ''
}
