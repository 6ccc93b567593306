import type { Task } from '../../plan/plan.ts'
import type { Context } from '../context/context.ts'
import { otherRepositoryOf, otherRepositoryText } from '../context/other-repositories.ts'
import { Refusal } from '../context/refusal.ts'

/** Refuses a RED that could never become GREEN, because the code of the task is in another repository. */
export function refuseOtherRepository(context: Context, task: Task): void {
  const folder = otherRepositoryOf(context, task)
  if (folder === undefined) return
  throw new Refusal(
    'no_git',
    `The code of ${task.id} is in another repository, so nothing was run.`,
    otherRepositoryText(context.workspace.root, folder),
  )
}
