import { isTestSupport } from '../../plan/file-role.ts'
import type { Task } from '../../plan/plan.ts'
import type { Tree } from '../../store/tree.ts'
import type { Desk } from '../desk.ts'
import { Refusal } from '../refusal.ts'
import { ownChanges } from './moved.ts'

/**
 * What the tests share (helpers, fixtures, set-up, snapshots) has to say what it said when the tests were seen: a test is
 * weakened there as easily as in its own file. What was added since cannot have been part of them.
 */
export function refuseChangedSupport(desk: Desk, task: Task, then: Tree, now: Tree): void {
  const changed = ownChanges(desk, task, then, now).filter(
    file => then.files[file] !== undefined && isTestSupport(file) && !task.files.includes(file),
  )
  const [first] = changed
  if (first === undefined) return
  const more = changed.length > 1 ? ` and ${changed.length - 1} more` : ''
  throw new Refusal(
    'tests_changed',
    `${first}${more}, which the tests may be made of, changed since the tests of ${task.id} were seen.`,
    'Nothing was run.',
    `Put it back; or take the new code away for a moment and ${desk.call.surface.tell('record_red', { task: task.id })} again, so that the tests are seen to fail with it.`,
  )
}
