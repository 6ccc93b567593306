import type { Stage } from '../evidence/stage.ts'
import type { Edit } from '../plan/edit.ts'
import type { Task } from '../plan/plan.ts'
import { timestamp, type Context } from './context/context.ts'
import { markUnchanged } from './context/latest-context.ts'
import { refuseBrokenLedger } from './context/record.ts'
import { isLeaseFresh } from './context/leases.ts'
import { startedAs } from './context/plan-changes.ts'
import { taskStates } from './context/task-state.ts'
import type { TaskState } from './context/evidence-state.ts'
import { chooseTask, requestedTask } from './guards/choose-task.ts'
import { refuseMissingDocuments } from './guards/documents.ts'
import { refuseNotApproved } from './guards/readiness.ts'
import { prepareRunner } from './testing/warm-runner.ts'
import { nextTaskResponse, type NextTaskResponse } from './response/next-task-response.ts'
import { planNotes } from './response/plan-notes.ts'
import { restoreTree } from './testing/snapshots.ts'

/** The task that the caller works on, if that is the one to do. */
export function continuedTask(
  context: Context,
  { task: named }: { task?: string | undefined },
): Task | undefined {
  const { leases, histories, call } = context
  const isOwn = [...leases].some(
    ([id, { holder }]) => holder.id === call.holder.id && histories.get(id)?.start !== undefined,
  )
  if (!isOwn) return undefined
  refuseMissingDocuments(context)
  refuseNotApproved(context)
  const states = taskStates(context)
  const task =
    named === undefined ? chooseTask(context, states) : requestedTask(context, states, named)
  return task && leases.get(task.id)?.holder.id === call.holder.id ? task : undefined
}

/** The answer to a call that continues a task without changes; `undefined` if something has to be written. */
export async function continueTask(
  context: Context,
  task: Task,
  isAsked: boolean,
): Promise<NextTaskResponse | undefined> {
  refuseBrokenLedger(context)
  const status = taskStates(context).get(task.id)
  if (!status || status.failed || !isLeaseFresh(context, task)) return undefined
  if ((await mustStart(context, task, status, isAsked)) || startEdits(context, task).length > 0)
    return undefined
  const response = responseOn(context, task, { stage: status.stage, starts: false, isAsked })
  markUnchanged(context)
  return response
}

/** The answer with a task, whose runner is prepared while the assistant works. */
export function responseOn(
  context: Context,
  task: Task,
  about: { stage: Stage; starts: boolean; isAsked: boolean },
): NextTaskResponse {
  const response = nextTaskResponse(context, task, about)
  if (about.stage !== 'done') prepareRunner(context, task)
  return { ...response, messages: [...planNotes(context, task), ...response.messages] }
}

/**
 * True if the task was not started, if its kind changed, or if this clone does not have the snapshots that it needs. If its text
 * changed, it starts again while nothing is proven, or if the caller asks for it.
 */
export async function mustStart(
  context: Context,
  task: Task,
  { stage, history }: TaskState,
  isAsked: boolean,
): Promise<boolean> {
  const { start, red } = history
  if (!start || start.provenAs !== task.kind) return true
  if ((isAsked || stage === 'todo') && startedAs(context, task, start) !== undefined) return true
  if (stage === 'green') return false
  const needed = [start, stage === 'red' ? red : undefined].filter(event => event !== undefined)
  const trees = await Promise.all(needed.map(event => restoreTree(context, event)))
  return trees.includes(undefined)
}

/** What a workflow writes into its files when a task starts. */
export function startEdits({ dialect, reader, plan, tasks }: Context, task: Task): Edit[] {
  const same = tasks.get(task.id)
  return (same && dialect.start?.(reader, plan, same, timestamp())) ?? []
}
