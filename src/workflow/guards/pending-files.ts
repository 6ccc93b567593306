import { lastEvent } from '../../evidence/event.ts'
import type { PendingTest } from '../../evidence/pending-tests.ts'
import { testHashIn } from '../../evidence/test-hash.ts'
import type { Task } from '../../plan/plan.ts'
import { channelHint } from '../approval/remote-channels.ts'
import type { Context } from '../context/context.ts'
import { HumanNeeded, Refusal } from '../context/refusal.ts'
import { pendingOf } from '../context/tests-in-advance.ts'
import { hasOnlyAdditions } from '../testing/additions.ts'
import { testHash } from '../testing/inline-tests.ts'
import { findTestRunner } from '../testing/test-runner.ts'
import { retireHint } from './retire-hint.ts'

/**
 * Tests that were written in advance must not be rewritten: neither by the task that makes them pass, nor by their own task
 * after it was done and opened again.
 */
export async function refuseChangedPending(
  context: Context,
  task: Task,
  files: readonly string[],
): Promise<void> {
  const pending = pendingOf(context)
  for (const file of files) {
    const other = pending.find(test => test.file === file && test.task !== task.id)
    if (!other || other.sha256 === currentHash(context, file)) continue
    throw new Refusal(
      'tests_changed',
      `${other.task} wrote the tests in ${file} in advance, and the file has changed since. Nothing was run.`,
      'Restore the file, and write further tests in a file of their own.',
      retireHint(),
    )
  }
  for (const test of changedPending(context)) {
    if (test.task !== task.id || (await isExtended(context, test))) continue
    throw new HumanNeeded(
      { step: 'approve' },
      'tests_changed',
      `${task.id} was done before with the tests in ${test.file}, which have to pass before the feature is validated. The file was rewritten or removed since, so nothing was run.`,
      `Restore it; more tests may be added. If a human wants other tests, they confirm this with \`redgreen approve\` in a terminal.`,
      channelHint(context),
    )
  }
}

/** Pending tests of tasks that were done, if their file has other content now. */
export function changedPending(context: Context): PendingTest[] {
  const files = new Map(pendingOf(context).map(test => [test.file, test]))
  return [...files.values()].filter(
    test => test.fixed && test.sha256 !== currentHash(context, test.file),
  )
}

/** Only added to, since the RED that it comes from. */
async function isExtended(context: Context, { task, file, sha256 }: PendingTest): Promise<boolean> {
  const red = lastEvent(
    context.ledger.events,
    'red',
    event => event.task === task && testHashIn(event, file) === sha256,
  )
  return red !== undefined && hasOnlyAdditions(context, red, file)
}

/** The hash of the tests in a file, `absent` if it does not exist. */
export function currentHash(context: Context, file: string): string {
  return testHash(context, findTestRunner(context, file), file) ?? 'absent'
}
