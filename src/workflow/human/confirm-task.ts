import { mayStart } from '../../plan/order.ts'
import type { Task } from '../../plan/plan.ts'
import { detailsOf, wordsOf } from '../../plan/task-words.ts'
import type { Call } from '../context/call.ts'
import { waitingRefusal } from '../guards/choose-task.ts'
import { confirmByHuman } from '../approval/confirm.ts'
import type { Context } from '../context/context.ts'
import { requireTask } from '../context/named-task.ts'
import { withTransaction } from '../context/transaction.ts'
import { finishTask } from '../completion/finish-task.ts'
import { repeatedResponse, type MarkResponse } from '../completion/response.ts'
import { joinAsLines } from '../../runner/safe-text.ts'
import { refuseRewrittenMeanwhile } from '../guards/rewritten.ts'
import { humanTaskRefusal } from '../approval/needs-human.ts'
import { scheduleState } from '../context/schedule-state.ts'
import { taskStates } from '../context/task-state.ts'

/** A human confirms the task: the server has nothing to check. */
export async function confirmTask(call: Call, context: Context, task: Task): Promise<MarkResponse> {
  const start = mayStart(context.plan, task.id, scheduleState(context))
  // A model cannot do the task, whatever it waits for. A human is shown what it waits for.
  if (!call.frontend.human) throw humanTaskRefusal(context, task)
  if (!start.ready) throw waitingRefusal(context, task.id, start.waits)
  const question = joinAsLines([
    `${task.id} ${task.title}`,
    ...detailsOf(task),
    'Have you reviewed it, and is it correct?',
  ])
  const command = `mark-complete ${task.id}`
  const { person, channel } = await confirmByHuman(call, question, command, wordsOf(task))
  const proven = { tree: '', proof: [], confirmedBy: person, channel }
  return withTransaction(call, current => {
    const confirmed = requireTask(current, task.id)
    refuseRewrittenMeanwhile(current, task, confirmed)
    // Another human may have confirmed it while this one was asked.
    const { stage, history } = taskStates(current).get(task.id) ?? {}
    if (stage === 'done' && history?.done) return repeatedResponse(current, confirmed, history.done)
    return finishTask(current, confirmed, proven)
  })
}
