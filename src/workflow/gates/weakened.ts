import type { SeenAgain } from '../../evidence/event-parts.ts'
import type { Task } from '../../plan/plan.ts'
import type { Desk } from '../desk.ts'
import { seeEarlierProofs } from '../earlier-proofs.ts'
import { Refusal } from '../refusal.ts'

/** Refuses a task that took the bite out of a test that had proven another one; what was looked at goes into the ledger. */
export async function refuseWeakened(desk: Desk, task: Task): Promise<SeenAgain[]> {
  const { seen, easy } = await seeEarlierProofs(desk, 'rewritten', task.id)
  const [first] = easy
  if (!first) return seen
  const more = easy.length > 1 ? ` (and ${easy.length - 1} more)` : ''
  throw new Refusal(
    'tests_changed',
    `"${first.id}" proved ${first.task}, was changed since, and does not fail without the code of ${first.task} any more${more}.`,
    `${task.id} was not marked.`,
    remedy(desk, task),
  )
}

function remedy({ call: { surface } }: Desk, task: Task): string {
  if (task.kind !== 'build' && task.kind !== 'cover')
    return 'Put it back as it was: the task that changes that behaviour may change its test.'
  return `Put it back as it was. Where ${task.id} asks for something else, the changed test has to be seen to fail for that: ${surface.tell('record_red', { task: task.id })} with it, the other tests of ${task.id}, and \`late\`.`
}

/** What nobody could look at, said to whoever reads the answer. */
export function unseenChanges(seen: readonly SeenAgain[]): string[] {
  const files = seen.filter(({ how }) => how === 'unseen').map(({ file }) => file)
  return [...new Set(files)].map(
    file =>
      `! ${file} proved an earlier task and was changed; on the sources of then it could not be run, so read that change.`,
  )
}

/** Changed tests that nobody could look at, in the last validation. */
export function unseenAtValidation({ ledger }: Desk): string[] {
  const last = ledger.events.findLast(event => event.kind === 'validation')
  return last?.kind === 'validation' ? unseenChanges(last.seenAgain ?? []) : []
}
