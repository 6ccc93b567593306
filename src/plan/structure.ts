import type { Plan } from './plan.ts'

/** What a human approves: the whole plan, except its marks and their positions. */
export function structureOf({ phases, tasks }: Plan): unknown {
  return {
    phases: phases.map(({ name, tasks }) => ({ name, tasks })),
    tasks: tasks.map(({ id, title, description = '', files, dependsOn, acceptance }) => ({
      id,
      title,
      description,
      files,
      dependsOn,
      acceptance,
    })),
  }
}
