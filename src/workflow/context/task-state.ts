import type { History } from '../../evidence/history.ts'
import { tasksWithPending } from '../../evidence/pending-tests.ts'
import type { Stage } from '../../evidence/stage.ts'
import { groupState } from '../../plan/groups.ts'
import type { Task } from '../../plan/plan.ts'
import { progressOf, type Progress } from '../../plan/progress.ts'
import type { LeaseEntry } from '../../store/leases/lease-table.ts'
import type { Context } from './context.ts'
import { startedAs } from './plan-changes.ts'

/** The state of a task, from the ledger, the plan and the leases. */
export interface TaskState {
  stage: Stage
  /** Ticked in the file, but not done in the ledger. */
  unverified: boolean
  waived: boolean
  /** Some of its tests fail as expected until a later task writes their code. */
  hasPendingTests: boolean
  failed: boolean
  /** The title when the task was proven, if the task asks for something else now. */
  changed?: string
  /** The valid lease, if somebody works on it. */
  lease?: LeaseEntry
  history: History
}

export type TaskStates = ReadonlyMap<string, TaskState>

type Facts = Pick<
  Context,
  'plan' | 'tasks' | 'histories' | 'pendingTests' | 'leases' | 'ledger' | 'state' | 'key'
>

/** The state of every task of the plan, by id. */
export function taskStates(context: Facts): Map<string, TaskState> {
  const withPending = tasksWithPending(context.pendingTests)
  const states = new Map<string, TaskState>(
    context.plan.tasks.map(task => {
      const history = context.histories.get(task.id) ?? { stage: 'todo' }
      const lease = context.leases.get(task.id)
      return [
        task.id,
        {
          ...evidenceState(context, task, history),
          hasPendingTests: withPending.has(task.id),
          ...(lease && { lease }),
        },
      ]
    }),
  )
  // Parts come after their group, so the innermost groups come first.
  for (const task of context.plan.tasks.toReversed()) {
    const state = states.get(task.id)
    if (task.parts && state) states.set(task.id, { ...state, ...ofGroup(context, task, states) })
  }
  return states
}

/** A group has no evidence of its own: the states of its parts decide. */
function ofGroup(
  { tasks }: Pick<Context, 'tasks'>,
  group: Task,
  states: TaskStates,
): Pick<TaskState, 'stage' | 'unverified'> {
  const parts = (group.parts ?? []).flatMap(id => tasks.get(id) ?? [])
  const { done, isCoveredByTicks } = groupState(parts, id => {
    const state = states.get(id)
    return (
      state && { settled: state.stage === 'done' || state.waived, unverified: state.unverified }
    )
  })
  const isTicked = group.markers[0]?.state === 'done'
  return { stage: done ? 'done' : 'todo', unverified: isTicked && !done && !isCoveredByTicks }
}

/** The progress of the feature, in total and by phase. */
export function progressAt(context: Facts, states: TaskStates = taskStates(context)): Progress {
  return progressOf(context.plan, id => {
    const state = states.get(id)
    return {
      done: state?.stage === 'done',
      claimed: state?.unverified ?? false,
      waived: state?.waived ?? false,
      owed: state?.hasPendingTests ?? false,
    }
  })
}

function evidenceState(
  context: Facts,
  task: Task,
  history: History,
): Omit<TaskState, 'hasPendingTests' | 'lease'> {
  const mark = task.markers[0]?.state ?? 'open'
  const changed = earlierTitle(context, task, history)
  // A human reopens a task by removing its mark. The ledger keeps the old history.
  const isReopened = history.stage === 'done' && task.markers.length > 0 && mark === 'open'
  const isOpenAgain = isReopened || changed !== undefined
  const stage = isOpenAgain ? 'todo' : history.stage
  return {
    stage,
    unverified: mark === 'done' && stage !== 'done',
    waived: history.waived !== undefined,
    failed: history.failed !== undefined,
    ...(changed !== undefined && { changed }),
    history: isOpenAgain ? { stage: 'todo' } : history,
  }
}

/**
 * The title that a done task was proven with, if the task asks for something else now. The proof does not count for the
 * new text, unless a human agreed to it.
 */
function earlierTitle(context: Facts, task: Task, { start, done }: History): string | undefined {
  return start && done ? startedAs(context, task, start) : undefined
}
