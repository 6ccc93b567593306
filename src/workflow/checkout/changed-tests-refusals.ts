import type { EventOf } from '../../evidence/event.ts'
import type { Task } from '../../plan/plan.ts'
import type { Tree } from '../../store/tree.ts'
import type { Context } from '../context/context.ts'
import { Refusal } from '../context/refusal.ts'
import type { ChangedFile } from '../guards/unchanged-tests.ts'

export function textsOf(changed: readonly ChangedFile[]): string {
  return changed.map(({ text }) => text).join(', ')
}

/** Another call recorded a RED first, so this run refers to a RED that no longer counts. */
export function redWasReplaced(context: Context, task: Task): Refusal {
  return new Refusal(
    'conflict',
    `Another RED of ${task.id} was recorded while its tests ran, so this run proves nothing and was not recorded.`,
    `${context.call.frontend.describeStep('record_green', { task: task.id })} again.`,
  )
}

export function configurationChanged(task: Task, changes: readonly string[]): Refusal {
  return new Refusal(
    'tests_changed',
    `${changes.join(', ')} since the RED of ${task.id}, and it decides the result of the tests.`,
    'Nothing was run. Restore it: change how tests run before a task is started or after it is done.',
  )
}

export function testsGone(
  context: Context,
  task: Task,
  gone: readonly string[],
  { red, now }: { red: EventOf<'red'>; now: Tree },
): Refusal {
  const [first = ''] = gone
  const renamed = Object.keys(now.files).find(file => now.files[file] === red.files[first])
  const restore =
    renamed === undefined
      ? `Restore ${gone.length === 1 ? 'it' : 'them'}`
      : `Restore ${first}: ${renamed} has its content, so rename that back`
  return new Refusal(
    'tests_missing',
    `${gone.join(', ')} ${gone.length === 1 ? 'is' : 'are'} gone since the RED of ${task.id}, so nothing was run.`,
    `${restore}, then ${context.call.frontend.describeStep('record_green', { task: task.id })} again.`,
  )
}

/** Without the sources of the RED, nobody can see whether a changed test fails without the new code. */
export function sourcesMissing(
  context: Context,
  task: Task,
  changed: readonly ChangedFile[],
): Refusal {
  return new Refusal(
    'tests_changed',
    `${textsOf(changed)} since the RED of ${task.id}, and git has no snapshot of its sources to run them on.`,
    'Nothing was run. Restore the test; another test goes into a file of its own.',
    `If the test itself was wrong, remove the new code for a moment and ${context.call.frontend.describeStep('record_red', { task: task.id })} again, so that the server sees the changed test fail.`,
  )
}
