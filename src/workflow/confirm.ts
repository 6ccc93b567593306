import os from 'node:os'
import type { Task } from '../plan/plan.ts'
import type { Desk } from './desk.ts'
import { Refusal } from './refusal.ts'

/** A person's yes at a terminal; refuses where there is none to ask. Returns who it was. */
export async function confirmByPerson(desk: Desk, task: Task): Promise<string> {
  const { ask } = desk.call.surface
  if (!ask) {
    throw new Refusal(
      'phase_needs_person',
      `${task.id} is for a person (${task.kindReason}), so no tool can finish it.`,
      `Ask them to look, and to run \`redgreen mark-complete ${task.id}\` in a terminal.`,
    )
  }
  if (await ask(`${task.id} ${task.title}\nHave you looked, and is it as it should be?`)) {
    return os.userInfo().username
  }
  throw new Refusal('phase_needs_person', `${task.id} was not confirmed, so it was not marked.`)
}
