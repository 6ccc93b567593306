import { countOf } from '../../plan/format-list.ts'
import type { Plan, Task } from '../../plan/plan.ts'
import { batchStart } from './batches.ts'
import type { Context } from '../context/context.ts'
import { testPlanNotes } from './predicted-failure.ts'
import { phaseHeading } from './messages.ts'
import { optionalNote } from './optional-tasks.ts'

/** The messages when a task starts. The first task of a feature, a phase or a batch has more of them. */
export function startMessages(
  context: Context,
  task: Task,
  alsoReady: readonly string[],
): string[] {
  const { dialect, reader, plan, histories } = context
  return [
    ...featureStart(context),
    ...phaseHeading(plan, task, histories),
    ...batchStart(context, task, alsoReady),
    ...testPlanNotes(task),
    ...(dialect.advice?.(reader, plan, task).before ?? []),
  ]
}

/** What the workflow wants the assistant to run after the last task. */
export function hooksAfter({ dialect, reader }: Context): string[] {
  return dialect.hooks?.(reader).after ?? []
}

/** The number of tasks and phases, and how many tasks are sequential or parallel. */
export function planCounts({ tasks, phases }: Plan): string {
  const parallel = tasks.filter(task => task.parallel).length
  return `${countOf(tasks.length, 'task')} in ${countOf(phases.length, 'phase')}: ${tasks.length - parallel} sequential, ${parallel} parallel [P]`
}

/** Before the first task only: the size of the plan, what it can do without, and what the workflow wants the assistant to run first. */
function featureStart(context: Context): string[] {
  const { ledger, dialect, reader, plan } = context
  if (ledger.events.some(event => event.kind === 'start')) return []
  const hooks = dialect.hooks?.(reader).before ?? []
  return [planCounts(plan), ...optionalNote(context), ...hooks]
}
