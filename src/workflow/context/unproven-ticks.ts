import { remembered } from '../../plan/remembered.ts'
import { knownName } from '../../store/coordinator/clone-names.ts'
import type { Context } from './context.ts'
import { oneLine } from '../../runner/safe-text.ts'
import { taskStates, type TaskStates } from './task-state.ts'

/** Ids of the tasks that are ticked in the file, not proven, and not waived. */
export function unprovenTicks(context: Context): string[] {
  return ticksIn(taskStates(context))
}

const ticksIn = remembered((states: TaskStates): string[] => {
  const ids: string[] = []
  for (const [id, { unverified, waived }] of states) if (unverified && !waived) ids.push(id)
  return ids
})

/** What to do about a task that is ticked in the file without a proof, or with a proof for another text. */
export function unprovenRemedy(context: Context, id: string): string {
  const { changed } = taskStates(context).get(id) ?? {}
  const prove = context.call.frontend.describeStep('next_task', { task: id })
  if (changed !== undefined)
    return oneLine(
      `${id} was proven as "${changed}". If it still asks for that, restore this text, or ask a human to confirm the new one with \`redgreen approve\`. If not, to prove it again, ${prove}.`,
    )
  return `${mergeFirst(context, id)}To prove ${id}, ${prove}; or ask a human to waive it with \`redgreen waive ${id} --reason …\`, or every such task at once with \`redgreen waive --ticked --reason …\`.`
}

/** The mark of a task that another clone finished was made by hand: the code comes with the branch. */
function mergeFirst({ ticked, state }: Context, id: string): string {
  const { clone, branch = '' } = ticked.get(id) ?? {}
  if (clone === undefined) return ''
  const name = knownName(state, clone)
  const where = name === undefined ? 'another clone' : `the clone ${name}`
  const on = branch === '' ? '' : `, on its branch ${branch}`
  return `${id} was finished in ${where}${on}, and its code is not here: merge that. `
}
