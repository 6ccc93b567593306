import type { Plan, Task } from '../../plan/plan.ts'
import { batchStart } from './batches.ts'
import type { Context } from '../context/context.ts'
import { many, phaseHeading, taskTitle } from './messages.ts'

/** What is said when a task begins: with the first one of a feature, of a phase and of a batch there is more to say. */
export function beginning(context: Context, task: Task, alsoReady: readonly string[]): string[] {
  const { dialect, reader, plan, histories } = context
  return [
    ...phaseStart(context),
    ...phaseHeading(plan, task, histories),
    ...batchStart(context, task, alsoReady),
    taskTitle(task),
    ...(dialect.advice?.(reader, plan, task).before ?? []),
  ]
}

/** What the workflow wants run when everything is done. */
export function closing({ dialect, reader }: Context): string[] {
  return dialect.hooks?.(reader).after ?? []
}

/** How many tasks a plan has, and how many of them may run side by side. */
export function countsOf({ tasks, phases }: Plan): string {
  const parallel = tasks.filter(task => task.parallel).length
  return `${many(tasks.length, 'task')} in ${many(phases.length, 'phase')}: ${tasks.length - parallel} sequential, ${parallel} parallel [P]`
}

/** Said once: what there is to do, and what the workflow wants run before. */
function phaseStart({ ledger, dialect, reader, plan }: Context): string[] {
  if (ledger.events.some(event => event.kind === 'start')) return []
  return [countsOf(plan), ...(dialect.hooks?.(reader).before ?? [])]
}
