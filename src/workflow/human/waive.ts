import type { Call } from '../context/call.ts'
import { confirmByPerson } from '../approval/confirm.ts'
import { record, taskOf } from '../context/context.ts'
import { atDesk, openDesk } from '../context/transaction.ts'

export interface Waived {
  task: string
  person: string
  reason: string
}

/** A person takes a task as done without proof. It is counted and shown as waived everywhere, never as witnessed. */
export async function waive(
  call: Call,
  { task: id, reason }: { task: string; reason: string },
): Promise<Waived> {
  const task = taskOf(await openDesk(call), id)
  const question = `Take ${task.id} (${task.title}) as done without proof, because: ${reason}?`
  const confirmed = await confirmByPerson(call, question, `waive ${task.id} --reason …`)
  return atDesk(call, desk => {
    record(desk, { kind: 'waived', task: task.id, reason, ...confirmed })
    return { task: task.id, person: confirmed.person, reason }
  })
}
