import type { Reverified } from '../../evidence/event-parts.ts'
import { formatList } from '../../plan/format-list.ts'
import type { Task } from '../../plan/plan.ts'
import type { Context } from '../context/context.ts'
import { checkEarlierTests } from '../checkout/earlier-tests.ts'
import { testsBrokenSince } from '../checkout/superseded-tests.ts'
import { HumanNeeded, Refusal } from '../context/refusal.ts'
import { takeTree } from '../../store/tree.ts'
import { retireHint } from '../guards/retire-hint.ts'
import type { StartedTask } from '../guards/require-stage.ts'
import { restoreTree } from '../testing/snapshots.ts'

/** Refuses a task that weakened a test of another task. Returns the changed tests that were checked, for the ledger. */
export async function refuseWeakenedTests(context: Context, task: Task): Promise<Reverified[]> {
  const { reverified, weakened } = await checkEarlierTests(context, 'rewritten', task.id)
  if (weakened.length === 0) return reverified
  const tests = weakened.map(({ task, id }) => `${task} "${id}"`)
  throw new Refusal(
    'tests_changed',
    `Tests of earlier tasks were changed and now pass without the code of their task: ${formatList(tests, 1)}.`,
    `${task.id} was not marked.`,
    remedy(context, task),
    retireHint(weakened[0]?.id ?? ''),
  )
}

/**
 * Refuses a task that changed the test, a snapshot or a fixture of another task so that broken code passes: as they proved that
 * task, its tests fail on the current code.
 */
export async function refuseBrokenTests(
  context: Context,
  { task, start }: StartedTask,
): Promise<void> {
  const before = await restoreTree(context, start)
  if (!before) return
  const broken = await testsBrokenSince(context, task, [before, await takeTree(context.workspace)])
  const [first] = broken
  if (!first) return
  const tests = broken.map(({ task, id }) => `${task} "${id}"`)
  throw new HumanNeeded(
    { step: 'approve' },
    'tests_changed',
    `${formatList(first.files, 3)} changed, and with the earlier version tests that proved earlier tasks fail on the current code: ${formatList(tests, 1)}.`,
    `${task.id} was not marked.`,
    remedy(context, task),
    'A human can also confirm the changed files with `redgreen approve` in a terminal.',
    retireHint(first.id),
  )
}

function remedy({ call: { frontend } }: Context, task: Task): string {
  if (task.kind !== 'build' && task.kind !== 'cover')
    return 'Restore it: only the task that changes that behaviour may change its test.'
  return `Restore it. If ${task.id} changes that behaviour, the server must see the changed test fail without the new code: ${frontend.describeStep('record_red', { task: task.id, late: true })}, with this test and the other tests of ${task.id}.`
}
