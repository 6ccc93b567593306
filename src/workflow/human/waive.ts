import { confirmByHuman } from '../approval/confirm.ts'
import type { Call } from '../context/call.ts'
import { record, requireTask } from '../context/context.ts'
import { withTransaction, openContext } from '../context/transaction.ts'

export interface Waived {
  task: string
  person: string
  reason: string
}

/** A human accepts a task as done without proof. It is counted and shown as waived everywhere, never as proven. */
export async function waive(
  call: Call,
  { task: id, reason }: { task: string; reason: string },
): Promise<Waived> {
  const task = requireTask(await openContext(call), id)
  const question = `Accept ${task.id} (${task.title}) as done without proof, because: ${reason}?`
  const confirmed = await confirmByHuman(call, question, `waive ${task.id} --reason …`)
  return withTransaction(call, context => {
    record(context, { kind: 'waived', task: task.id, reason, ...confirmed })
    return { task: task.id, person: confirmed.person, reason }
  })
}
