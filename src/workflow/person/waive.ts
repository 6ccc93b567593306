import os from 'node:os'
import type { Call } from '../call.ts'
import { atDesk, openDesk, record, taskOf } from '../desk.ts'
import { Refusal } from '../refusal.ts'

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
  const { ask } = call.surface
  const question = `Take ${task.id} (${task.title}) as done without proof, because: ${reason}?`
  if (!ask || !(await ask(question))) {
    throw new Refusal(
      'phase_needs_person',
      `${task.id} was not waived: only a person at a terminal can do that.`,
      `Ask them to run \`redgreen waive ${task.id} --reason …\`.`,
    )
  }
  const person = os.userInfo().username
  return atDesk(call, desk => {
    record(desk, { kind: 'waived', task: task.id, reason, person })
    return { task: task.id, person, reason }
  })
}
