import type { EventOf } from '../../evidence/event.ts'
import { lastOfTask } from '../../evidence/event-index.ts'
import { formatList } from '../../plan/format-list.ts'
import { isCode, isSource } from '../../plan/file-role.ts'
import type { Task } from '../../plan/plan.ts'
import type { Context } from '../context/context.ts'
import { Refusal } from '../context/refusal.ts'
import { ownChanges } from '../guards/moved.ts'
import { isMixed, isTestCode } from '../testing/inline-tests.ts'
import { restoreTree, storedSnapshot, textInSnapshot } from '../testing/snapshots.ts'
import type { TestRunner } from '../testing/package-runner.ts'
import { lateBases, type LateBase } from './late-base.ts'
import { runWithoutCode, type LateRequest } from './late-run.ts'

/**
 * Refuses a GREEN whose RED failed only because code was removed or broken that was there when the task was started. If the tests pass on
 * the sources of that start, and on all others that would do for a late RED, they show nothing that the task added.
 */
export async function refuseRestoredCode(
  context: Context,
  task: Task,
  testRunner: TestRunner,
  red: EventOf<'red'>,
): Promise<void> {
  const { start } = context.histories.get(task.id) ?? {}
  // Other kinds have no code of their own, and a late RED ran on earlier sources already.
  if (!start || task.kind !== 'build' || red.checkout === 'late') return
  // A human who asks for other tests does not say that the code is wrong.
  if (lastOfTask(context.ledger.events, task.id, 'reopened')) return
  const broken = await brokenBefore(context, task, testRunner, { start, red })
  if (broken.length === 0) return
  context.call.note('running the tests on the sources of the start of the task')
  const request = { task, testRunner, files: Object.keys(red.files), names: red.names }
  const bases = lateBases(context, { task, start })
  for (const base of bases) if ((await proves(context, request, base)) !== 'nothing') return
  const control = storedSnapshot(red)
  // Where they pass without the code, too, a checkout does not run it.
  if (bases.length === 0 || !control) return
  if ((await proves(context, request, { ...control, of: 'task' })) !== 'red') return
  throw nothingAdded(context, task, broken)
}

/** Code that existed at the start of the task and was different at its RED. Tests in the same file do not count. */
async function brokenBefore(
  context: Context,
  task: Task,
  testRunner: TestRunner,
  { start, red }: { start: EventOf<'start'>; red: EventOf<'red'> },
): Promise<string[]> {
  const [from, to] = [await restoreTree(context, start), await restoreTree(context, red)]
  if (!from || !to) return []
  const changed = ownChanges(context, task, from, to).filter(
    file =>
      from.files[file] !== undefined &&
      isCode(file) &&
      isSource(file) &&
      !isTestCode(testRunner, file),
  )
  const broken: string[] = []
  for (const file of changed) {
    const before = await textInSnapshot(context, start, file)
    const after = (await textInSnapshot(context, red, file)) ?? ''
    const { inline } = testRunner.framework
    const isSame =
      before !== undefined && isMixed(testRunner, file) && inline?.merge(before, after) === after
    if (before !== undefined && !isSame) broken.push(file)
  }
  return broken
}

/** What the tests prove on other sources: `nothing` if all of them pass there; `undefined` if it is not known. */
async function proves(
  context: Context,
  request: LateRequest,
  base: LateBase,
): Promise<'red' | 'nothing' | undefined> {
  try {
    return await runWithoutCode(context, request, { base }, ({ verdict }) =>
      Promise.resolve(
        verdict.proves === 'nothing' && verdict.code !== 'red_passes' ? undefined : verdict.proves,
      ),
    )
  } catch (error) {
    if (error instanceof Refusal) return undefined
    throw error
  }
}

function nothingAdded(context: Context, task: Task, broken: readonly string[]): Refusal {
  const { frontend } = context.call
  return new Refusal(
    'nothing_changed',
    `The tests of ${task.id} pass with the sources with which it was started, so they show nothing that it added. Its RED failed because ${formatList(broken, 3)} had been changed before it.`,
    `Nothing was recorded. Write a test for what ${task.id} adds, ${frontend.describeStep('record_red', { task: task.id })} without that code, and then write it. If nothing is left to do, ask a human to waive the task with \`redgreen waive ${task.id} --reason …\`.`,
  )
}
