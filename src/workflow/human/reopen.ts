import type { Change } from '../../plan/edit.ts'
import { countOf, formatList } from '../../plan/format-list.ts'
import type { Task } from '../../plan/plan.ts'
import { confirmByHuman } from '../approval/confirm.ts'
import type { Call } from '../context/call.ts'
import type { Context } from '../context/context.ts'
import { reloadFiles } from '../context/reload-context.ts'
import { record } from '../context/record.ts'
import { requireTask } from '../context/named-task.ts'
import { Refusal } from '../context/refusal.ts'
import { taskStates } from '../context/task-state.ts'
import type { TaskState } from '../context/evidence-state.ts'
import { openContext, withTransaction } from '../context/transaction.ts'
import { reopenMarks } from '../context/write-marks.ts'
import { dependentsOf } from './dependents.ts'
import { idsOf, namedTasks, unchangedTask } from './named-tasks.ts'
import { joinAsLines } from '../../runner/safe-text.ts'

export interface ReopenRequest {
  /** Ids, and ranges such as `T001-T005`. */
  tasks: readonly string[]
  reason?: string | undefined
}

export interface Reopened {
  feature: string
  /** The tasks that are open again, in the order of the plan, and what each was. */
  tasks: { task: string; was: Earlier }[]
  person: string
  /** Done tasks that build on them and stay done. */
  dependents: string[]
  /** The place where a file of the workflow still says that the feature is complete. */
  completion?: { path: string; line: number }
}

type Earlier = 'done' | 'failed' | 'waived' | 'ticked'

/**
 * A human opens tasks again that were done, failed, waived, or ticked by hand. What was recorded about them stays in the ledger
 * and no longer counts; each starts anew.
 */
export async function reopen(call: Call, request: ReopenRequest): Promise<Reopened> {
  const opened = await openContext(call)
  const asked = tasksToReopen(opened, request)
  const command = ['reopen', ...request.tasks].join(' ')
  const confirmed = await confirmByHuman(call, questionFor(opened, asked), command)
  const { reason } = request
  return withTransaction(call, async context => {
    const states = taskStates(context)
    // Another attempt of this transaction, or another human, may have opened some of them.
    const open = asked.filter(({ task }) => earlierState(states.get(task.id)))
    const tasks = open.map(({ task }) => unchangedTask(context, task))
    const details = { ...(reason !== undefined && { reason }), ...confirmed }
    const bodies = open.map(({ task, was }) => ({
      kind: 'reopened' as const,
      task: task.id,
      was,
      ...details,
    }))
    // What was written last is reverted first.
    const reverts = lastFirst(context, tasks)
    if (bodies.length > 0) await record(context, ...bodies)
    for (const { id, changes } of reverts) {
      const current = reloadFiles(context)
      reopenMarks(current, requireTask(current, id), changes)
    }
    const now = reloadFiles(context)
    const completion = now.dialect.completionLocation?.(now.reader, now.plan)
    return {
      feature: now.plan.feature.id,
      tasks: asked.map(({ task, was }) => ({ task: task.id, was })),
      person: confirmed.person,
      dependents: dependentsOf(now, tasks).map(({ id }) => id),
      ...(completion && { completion: { path: completion.path, line: completion.line } }),
    }
  })
}

interface Asked {
  task: Task
  was: Earlier
  state: TaskState | undefined
}

function tasksToReopen(context: Context, { tasks: names }: ReopenRequest): Asked[] {
  const named = namedTasks(context, names)
  const states = taskStates(context)
  const found = named.flatMap(task => {
    const state = states.get(task.id)
    const was = earlierState(state)
    return was ? [{ task, was, state }] : []
  })
  if (found.length > 0) return found
  throw new Refusal(
    'wrong_stage',
    `${idsOf(named)}: neither done, nor failed, waived or ticked, so nothing was opened again.`,
    '`redgreen status` shows every task. A task that somebody holds is released with `redgreen release`.',
  )
}

/** What a task was before it is opened again; `undefined` if there is nothing to undo. */
function earlierState(state: TaskState | undefined): Earlier | undefined {
  if (!state) return undefined
  if (state.stage === 'done' || state.lease?.finishedElsewhere) return 'done'
  if (state.waived) return 'waived'
  if (state.failed) return 'failed'
  return state.unverified ? 'ticked' : undefined
}

function questionFor(context: Context, asked: readonly Asked[]): string {
  const tasks = asked.map(({ task }) => task)
  const dependents = dependentsOf(context, tasks).map(({ id }) => id)
  return joinAsLines([
    ...asked.map(({ task, was, state }) => `- ${task.id} ${task.title} (${describe(was, state)})`),
    ...(dependents.length > 0
      ? [`Done tasks that build on them and stay done: ${formatList(dependents, MAX_LISTED)}.`]
      : []),
    `Open ${tasks.length === 1 ? 'this task' : `these ${countOf(tasks.length, 'task')}`} again? The marks are removed and each starts anew. Earlier proofs and waivers stay in the ledger and no longer count.`,
  ])
}

const MAX_LISTED = 10

function describe(was: Earlier, state: TaskState | undefined): string {
  const { done, waived, failed } = state?.history ?? {}
  if (was === 'done') return `done on ${(done?.at ?? state?.lease?.since ?? '').slice(0, 10)}`
  if (was === 'waived') return `waived: ${waived?.reason ?? ''}`
  return was === 'failed' ? `failed: ${failed?.error ?? ''}` : 'ticked, not proven'
}

/** The tasks in the order in which their marks are reverted, with what finishing each wrote if that can be reverted to the byte. */
function lastFirst(
  { ledger: { events }, histories }: Context,
  tasks: readonly Task[],
): { id: string; changes: readonly Change[] | undefined }[] {
  const placeOf = (id: string) =>
    events.findLastIndex(event => event.kind === 'done' && event.task === id)
  const ordered = tasks.map(({ id }) => id).toSorted((a, b) => placeOf(b) - placeOf(a))
  return ordered.map((id, at) => {
    const reverted = ordered.slice(0, at)
    const later = events
      .slice(placeOf(id) + 1)
      .flatMap(event => (event.kind === 'done' ? event.task : []))
    const isLast = later.every(
      task => reverted.includes(task) || histories.get(task)?.stage !== 'done',
    )
    return { id, changes: isLast ? histories.get(id)?.done?.marks : undefined }
  })
}
