import { matchTasks } from './match-tasks.ts'
import type { Plan, Task } from './plan.ts'

/** The id that a task was given, with the words by which the task is recognised later. */
export interface GivenId {
  id: string
  title: string
  /** Name of its group. */
  group: string
}

/** The ids of the plan as they are recorded, in file order. */
export function givenIds({ tasks }: Plan): GivenId[] {
  return tasks.map(({ id, title, phase }) => ({ id, title, group: phase }))
}

/**
 * The plan in which every task has the id that it was given first. `records`: the recorded lists of the plan, the latest last. A task
 * that no list has keeps the id that its position and words make, unless an earlier task was given that.
 */
export function withGivenIds(plan: Plan, records: readonly (readonly GivenId[])[]): Plan {
  const latest = records.at(-1)
  if (latest === undefined) return plan
  const known = new Set(latest.map(({ id }) => id))
  // A task that is gone may come back, for example with another branch.
  const gone = records
    .slice(0, -1)
    .toReversed()
    .flat()
    .filter(({ id }) => !known.has(id) && known.add(id).has(id))
  const now = plan.tasks.map(({ title, phase }) => ({ title, group: phase }))
  const found = matchTasks(latest, gone, now)
  const ids = new Map<string, string>()
  const taken = new Set(known)
  for (const [at, task] of plan.tasks.entries()) {
    const id = found[at]?.id ?? freeId(task.id, taken)
    taken.add(id)
    ids.set(task.id, id)
  }
  const isSame = plan.tasks.every(({ id }) => ids.get(id) === id)
  return isSame ? plan : renamed(plan, id => ids.get(id) ?? id)
}

/** The id, or the id with the first number that makes it new. */
function freeId(id: string, taken: ReadonlySet<string>): string {
  let free = id
  for (let count = 2; taken.has(free); count += 1) free = `${id}#${count}`
  return free
}

function renamed(plan: Plan, rename: (id: string) => string): Plan {
  const withParts = ({ parts }: Task) => parts && { parts: parts.map(rename) }
  return {
    ...plan,
    tasks: plan.tasks.map(task => ({
      ...task,
      id: rename(task.id),
      ...(rename(task.id) !== task.id && { idInFile: task.id }),
      dependsOn: task.dependsOn.map(rename),
      ...withParts(task),
    })),
    phases: plan.phases.map(phase => ({ ...phase, tasks: phase.tasks.map(rename) })),
    problems: plan.problems.map(problem =>
      problem.blocks ? { ...problem, blocks: problem.blocks.map(rename) } : problem,
    ),
  }
}
