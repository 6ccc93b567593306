import type { ScheduleState, TaskStatus } from '../../src/plan/order.ts'
import type { Plan, Task } from '../../src/plan/plan.ts'

/** A plan of phases; each task names only the fields that matter to the test. */
export function buildPlan(phases: Record<string, (Partial<Task> & { id: string })[]>): Plan {
  const all = Object.entries(phases)
  return {
    feature: { id: '001', title: 'Test', dialect: 'spec-kit', dir: 'specs/001' },
    phases: all.map(([name, tasks], at) => ({
      name,
      category: 'work',
      line: at + 1,
      tasks: tasks.map(({ id }) => id),
    })),
    tasks: all.flatMap(([phase, tasks]) => tasks.map(task => buildTask(phase, task))),
    documents: [],
    problems: [],
  }
}

export function buildTask(phase: string, given: Partial<Task> & { id: string }): Task {
  return {
    title: given.id,
    kind: 'build',
    kindReason: 'test',
    parallel: false,
    files: [],
    dependsOn: [],
    acceptance: [],
    location: { path: 'tasks.md', line: 1 },
    markers: [],
    ...given,
    phase,
  }
}

type Flag = keyof TaskStatus

/** A schedule state in which each named task has one flag and all others have none. */
export function buildSchedule(
  flags: Record<string, Flag>,
  more: { halted?: { task: string }; closedPhases?: string[] } = {},
): ScheduleState {
  const none: TaskStatus = {
    settled: false,
    unverified: false,
    active: false,
    failed: false,
    other: false,
  }
  const status = (id: string): TaskStatus => {
    const flag = flags[id]
    return flag === undefined ? none : { ...none, [flag]: true }
  }
  return { statusOf: status, closedPhases: [], ...more }
}
