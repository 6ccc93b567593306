import type { PendingTest } from '../../evidence/pending-tests.ts'
import type { Task } from '../../plan/plan.ts'
import type { Context } from './context.ts'

/** All tests that were written before their code and are not passing yet. */
export function pendingOf({ pendingTests: { ids, files } }: Context): PendingTest[] {
  return [...ids.values(), ...files.values()]
}

/**
 * Where to write a test if another task wrote those of the file in advance, because that task's tests may not change. Empty if none
 * did.
 */
export function ownFileHint(context: Context, task: Task, files: readonly string[]): string {
  const other = pendingOf(context).find(test => test.task !== task.id && files.includes(test.file))
  return other
    ? `${other.task} wrote the tests in ${other.file} in advance: leave them as they are, and write a test for ${task.id} in a file of its own.`
    : ''
}
