import { countOf } from '../../plan/format-list.ts'
import type { Task } from '../../plan/plan.ts'
import { detailsOf, wordsOf } from '../../plan/task-words.ts'
import { confirmByHuman } from '../approval/confirm.ts'
import type { Call } from '../context/call.ts'
import type { Context } from '../context/context.ts'
import { record } from '../context/record.ts'
import { Refusal } from '../context/refusal.ts'
import { taskStates } from '../context/task-state.ts'
import { withTransaction, openContext } from '../context/transaction.ts'
import { idsOf, namedTasks, unchangedTask } from './named-tasks.ts'
import { joinAsLines } from '../../runner/safe-text.ts'

export interface WaiveRequest {
  /** Ids, and ranges such as `T001-T005`. */
  tasks: readonly string[]
  /** Also every task that is ticked in the file and not proven. */
  ticked?: boolean
  reason: string
}

export interface Waived {
  /** The first of them. */
  task: string
  /** The ids, in the order of the plan. */
  tasks: string[]
  person: string
  reason: string
}

/** A human accepts tasks as done without proof, with one answer. They are counted and shown as waived, never as proven. */
export async function waive(call: Call, request: WaiveRequest): Promise<Waived> {
  const asked = tasksToWaive(await openContext(call), request)
  const { reason } = request
  const confirmed = await confirmByHuman(
    call,
    questionFor(asked, reason),
    commandFor(request),
    asked.map(wordsOf),
  )
  return withTransaction(call, async context => {
    const tasks = asked.map(task => unchangedTask(context, task).id)
    await record(
      context,
      ...tasks.map(task => ({ kind: 'waived' as const, task, reason, ...confirmed })),
    )
    return { task: tasks[0] ?? '', tasks, person: confirmed.person, reason }
  })
}

/** The named tasks that are neither proven nor waived yet. Refuses unknown ids, and if none is left. */
function tasksToWaive(context: Context, { tasks: names, ticked = false }: WaiveRequest): Task[] {
  const named = namedTasks(context, names)
  const states = taskStates(context)
  const open = context.plan.tasks.filter(task => {
    const { stage, waived = false, unverified = false } = states.get(task.id) ?? {}
    return (named.includes(task) || (ticked && unverified)) && stage !== 'done' && !waived
  })
  if (open.length > 0) return open
  throw new Refusal(
    'wrong_stage',
    names.length > 0
      ? `${idsOf(named)}: proven or waived already.`
      : 'No task is ticked in the file without proof.',
    'Nothing was recorded. `redgreen status` shows every task.',
  )
}

function questionFor(tasks: readonly Task[], reason: string): string {
  const [first] = tasks
  if (first && tasks.length === 1) {
    const asked = `Accept ${first.id} (${first.title}) as done without proof, because: ${reason}?`
    const details = detailsOf(first)
    return details.length === 0 ? asked : joinAsLines(['It asks for:', ...details, asked])
  }
  const list = tasks.map(({ id, title }) => `- ${id} ${title}`)
  const count = countOf(tasks.length, 'task')
  return joinAsLines([`Accept ${count} as done without proof, because: ${reason}?`, ...list])
}

function commandFor({ tasks, ticked = false }: WaiveRequest): string {
  return ['waive', ...tasks, ...(ticked ? ['--ticked'] : []), '--reason …'].join(' ')
}
