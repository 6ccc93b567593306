import { isDropped } from './dropped-task.ts'
import type { Task } from './plan.ts'

/** The state of a task, as far as the group that it is a part of needs it. */
export interface PartState {
  /** Done by evidence, or waived. */
  settled: boolean
  /** Ticked by hand, unproven. */
  unverified: boolean
}

/** What the description of a task in a group says about the group begins with this, in a paragraph of its own at the end. */
export const PART_OF = 'Part of '

/** The description of a task without what it says about its group, and that. */
export function dividedDescription(description: string): { own: string; around: string } {
  const at = `\n\n${description}`.lastIndexOf(`\n\n${PART_OF}`)
  return at < 0
    ? { own: description, around: '' }
    : { own: description.slice(0, Math.max(0, at - 2)), around: description.slice(at) }
}

/** What follows for a group from the states of its parts. */
export interface GroupState {
  /** Every part is done, and at least one by evidence. */
  done: boolean
  /** Each part that is not done was itself ticked by hand, so a tick of the group claims nothing more. */
  isCoveredByTicks: boolean
}

/** Does nothing wait for the task, and is it never offered first? It is optional, or it only groups other tasks. */
export function isUnneeded({ optional, parts }: Task): boolean {
  return optional === true || parts !== undefined
}

/** The state of a group. A part that the author dropped, or an optional one that nobody has done, does not count. */
export function groupState(
  parts: readonly Task[],
  stateOf: (id: string) => PartState | undefined,
): GroupState {
  const needed = parts.filter(part => {
    const isSettled = stateOf(part.id)?.settled ?? false
    return isSettled || !(part.optional === true || isDropped(part))
  })
  const open = needed.filter(({ id }) => !(stateOf(id)?.settled ?? false))
  return {
    done: needed.length > 0 && open.length === 0,
    isCoveredByTicks: open.every(({ id }) => stateOf(id)?.unverified ?? false),
  }
}
