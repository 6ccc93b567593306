import { lastOfTask, placedOfTask } from '../../evidence/event-index.ts'
import { isApprovedByHuman } from '../../evidence/check-configuration.ts'
import type { StoppedTest } from '../../evidence/event-parts.ts'
import { provenTests } from '../../evidence/proven-tests.ts'
import { DID_NOT_RUN, type SuiteVerdict } from '../../evidence/suite.ts'
import { countOf, formatList } from '../../plan/format-list.ts'
import type { Task } from '../../plan/plan.ts'
import { channelHint } from '../approval/remote-channels.ts'
import { currentHash } from '../guards/pending-files.ts'
import type { Context } from '../context/context.ts'
import { HumanNeeded, Refusal } from '../context/refusal.ts'
import type { ObservedRun } from '../testing/observed-run.ts'
import { retireHint } from '../guards/retire-hint.ts'
import { outputOf } from '../testing/verdict-refusal.ts'

/** Refuses if a test that failed in a suite of this task no longer runs. */
export function refuseStopped(context: Context, task: Task, stopped: readonly StoppedTest[]): void {
  const { events } = context.ledger
  const done = lastOfTask(events, task.id, 'done')
  const failedBefore = placedOfTask(events, task.id).flatMap(({ event }) =>
    event.kind === 'suite' && event.at > (done?.at ?? '') ? [event] : [],
  )
  const first = stopped.find(({ id }) =>
    failedBefore.some(({ failing, ...event }) => {
      const [file = ''] = id.split(' > ')
      const isConfirmed = isApprovedByHuman(events, file, currentHash(context, file), {
        failing,
        ...event,
      })
      return failing.includes(id) && !isConfirmed
    }),
  )
  if (!first) return
  throw new HumanNeeded(
    { step: 'approve' },
    'suite_fails',
    `"${first.id}" failed in the suite of ${task.id} and no longer runs: ${first.cause}.`,
    `${task.id} was not marked.`,
    'Restore the test and fix the code, or ask a human to confirm the change with `redgreen approve` in a terminal.',
    channelHint(context),
  )
}

const MAX_LISTED = 3

const MOVE_REMEDY =
  'A test may move to another file, with what it uses, if only its imports change; to change more, use a task that only refactors.'

export function suiteFails(
  context: Context,
  task: Task,
  ran: 'full' | 'feature',
  { failing }: SuiteVerdict,
  { run }: ObservedRun,
): Refusal {
  const again = context.call.frontend.describeStep('mark_complete', { task: task.id })
  const onlyMissing = failing.every(id => id.endsWith(DID_NOT_RUN))
  const proven = provenTests(context.ledger.events)
  const unwanted = failing
    .map(id => (id.endsWith(DID_NOT_RUN) ? id.slice(0, -DID_NOT_RUN.length) : id))
    .find(id => proven.has(id) && proven.get(id)?.task !== task.id)
  return new Refusal(
    'suite_fails',
    `${countOf(failing.length, 'failure')} in the ${ran} suite: ${formatList(
      failing.map(id => `"${id}"`),
      MAX_LISTED,
    )}.`,
    `${task.id} was not marked.`,
    onlyMissing
      ? `Restore the tests in their files, under the same names. Then ${again} again. ${MOVE_REMEDY}`
      : `Fix the code, then ${again} again.`,
    unwanted === undefined ? '' : retireHint(unwanted),
    outputOf(context, run),
  )
}
