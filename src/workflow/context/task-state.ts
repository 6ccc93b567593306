import type { History } from '../../evidence/history.ts'
import { tasksWithPending } from '../../evidence/pending-tests.ts'
import type { Stage } from '../../evidence/stage.ts'
import { asksTheSame } from '../../plan/plan-record.ts'
import type { MarkState, Task } from '../../plan/plan.ts'
import { progressOf, type Progress } from '../../plan/progress.ts'
import type { LeaseEntry } from '../../store/leases/lease-table.ts'
import type { Context } from './context.ts'
import { isAgreedSince } from './plan-changes.ts'

/** What is known of a task: what was witnessed, and what the file claims. */
export interface TaskState {
  stage: Stage
  /** Ticked in the file, and never seen to be done. */
  unverified: boolean
  waived: boolean
  hasPendingTests: boolean
  failed: boolean
  /** What the task said when it was proven, if it says something else now. */
  changed?: string
  /** Somebody who is still there has started it. */
  lease?: LeaseEntry
  history: History
}

export type TaskStates = ReadonlyMap<string, TaskState>

type Facts = Pick<
  Context,
  'plan' | 'histories' | 'pendingTests' | 'leases' | 'ledger' | 'state' | 'key'
>

/** The standing of every task of the plan, by id. */
export function taskStates(context: Facts): Map<string, TaskState> {
  const owing = tasksWithPending(context.pendingTests)
  return new Map(
    context.plan.tasks.map(task => {
      const history = context.histories.get(task.id) ?? { stage: 'todo' }
      const lease = context.leases.get(task.id)
      return [
        task.id,
        {
          ...evidenceState(context, task, history),
          hasPendingTests: owing.has(task.id),
          ...(lease && { lease }),
        },
      ]
    }),
  )
}

/** How far the feature has come. */
export function progressAt(context: Facts, states: TaskStates = taskStates(context)): Progress {
  return progressOf(context.plan, id => {
    const {
      stage,
      unverified: claimed,
      waived,
      hasPendingTests: owed,
    } = states.get(id) ?? NOTHING_KNOWN
    return { done: stage === 'done', claimed, waived, owed }
  })
}

const NOTHING_KNOWN: TaskState = {
  stage: 'todo',
  unverified: false,
  waived: false,
  hasPendingTests: false,
  failed: false,
  history: { stage: 'todo' },
}

function evidenceState(
  context: Facts,
  task: Task,
  history: History,
): Omit<TaskState, 'hasPendingTests' | 'lease'> {
  const mark = markOf(task)
  const changed = changedWords(context, task, history)
  // A mark that a person took away means "again"; the history stays in the ledger.
  const isReopened = history.stage === 'done' && task.markers.length > 0 && mark === 'open'
  const again = isReopened || changed !== undefined
  const stage = again ? 'todo' : history.stage
  return {
    stage,
    unverified: mark === 'done' && stage !== 'done',
    waived: history.waived !== undefined,
    failed: history.failed !== undefined,
    ...(changed !== undefined && { changed }),
    history: again ? { stage: 'todo' } : history,
  }
}

/** A proof belongs to what the task said. Another task under the same id has none, unless a human agreed to its new words. */
function changedWords(context: Facts, task: Task, { start, done }: History): string | undefined {
  if (!start || !done || asksTheSame({ title: start.title, files: start.names ?? [] }, task))
    return undefined
  return isAgreedSince(context, done, task) ? undefined : start.title
}

function markOf(task: Task): MarkState {
  return task.markers[0]?.state ?? 'open'
}
