import type { Plan } from './plan.ts'

/** What a person agrees to when they approve a plan: all of it but its marks and where they stand. */
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
