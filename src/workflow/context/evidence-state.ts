import type { History } from '../../evidence/history.ts'
import type { Stage } from '../../evidence/stage.ts'
import type { Task } from '../../plan/plan.ts'
import type { TaskLease } from './local-work.ts'
import type { Context } from './context.ts'
import { asksForTask, startedAs } from './plan-changes.ts'

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
  lease?: TaskLease
  history: History
}

const NO_HISTORY: History = { stage: 'todo' }

/** The state of a task without its lease and its pending tests. */
interface Evidence {
  state: TaskState
  /** False if the state also depends on something other than the task and its history. */
  isCacheable: boolean
}

export function evidenceState(
  context: Pick<Context, 'histories' | 'ledger' | 'state' | 'key'>,
  task: Task,
): Evidence {
  const history = context.histories.get(task.id) ?? NO_HISTORY
  const known = cache.get(task)
  if (known?.history === history) return known
  const { start, done } = history
  const isChanged = start !== undefined && done !== undefined && !asksForTask(start, task)
  const changed = isChanged ? startedAs(context, task, start) : undefined
  const evidence = { state: stateFrom(task, history, changed), history, isCacheable: !isChanged }
  // An approval may accept a changed task, and the record of what was approved may be lost or restored.
  if (!isChanged) cache.set(task, evidence)
  return evidence
}

/** Cached by task, because an event changes the state of one task only. */
const cache = new WeakMap<Task, Evidence & { history: History }>()

/**
 * `changed`: the title that a done task was proven with, if the task asks for something else now. The proof does not count for the new
 * text, unless a human agreed to it.
 */
function stateFrom(task: Task, history: History, changed: string | undefined): TaskState {
  const mark = task.markers[0]?.state ?? 'open'
  // A human reopens a task by removing its mark. The ledger keeps the old history.
  const isReopened = history.stage === 'done' && task.markers.length > 0 && mark === 'open'
  const isOpenAgain = isReopened || changed !== undefined
  const stage = isOpenAgain ? 'todo' : history.stage
  return {
    stage,
    unverified: mark === 'done' && stage !== 'done',
    waived: history.waived !== undefined,
    hasPendingTests: false,
    failed: history.failed !== undefined,
    ...(changed !== undefined && { changed }),
    history: isOpenAgain ? NO_HISTORY : history,
  }
}
