import type { Plan } from './plan.ts'

/** The state of one task according to the ledger. */
export interface TaskFacts {
  /** Done by evidence. */
  done: boolean
  /** Ticked by hand, unproven. */
  claimed: boolean
  waived: boolean
  /** It wrote tests that still have to turn green. */
  owed: boolean
}

export interface Progress {
  /** Tasks done by evidence or waived; tasks ticked by hand do not count. */
  done: number
  /** Without optional tasks that are not done. */
  total: number
  /** Rounded, 0–100; 100 only when all are done. */
  percent: number
  claimed: number
  waived: number
  owed: number
  phases: { name: string; done: number; total: number }[]
}

/** Counts the finished tasks of a plan and of each phase. */
export function progressOf(plan: Plan, facts: (id: string) => TaskFacts): Progress {
  const settled = new Set<string>()
  const counted = new Set<string>()
  const counts = { claimed: 0, waived: 0, owed: 0 }
  for (const { id, optional } of plan.tasks) {
    const fact = facts(id)
    const isDone = isSettled(fact)
    if (isDone) settled.add(id)
    if (isDone || optional !== true) counted.add(id)
    if (fact.claimed && !isDone) counts.claimed += 1
    if (fact.waived) counts.waived += 1
    if (fact.owed) counts.owed += 1
  }
  return {
    done: settled.size,
    total: counted.size,
    percent: percentage(settled.size, counted.size),
    ...counts,
    phases: plan.phases.map(({ name, tasks }) => ({
      name,
      done: countIn(tasks, settled),
      total: countIn(tasks, counted),
    })),
  }
}

function countIn(ids: readonly string[], found: ReadonlySet<string>): number {
  let count = 0
  for (const id of ids) if (found.has(id)) count += 1
  return count
}

function isSettled(fact: TaskFacts): boolean {
  return fact.done || fact.waived
}

function percentage(done: number, total: number): number {
  if (total === 0) return 0
  // 399 of 400 would round to 100 and make the plan look finished.
  return done === total ? 100 : Math.min(99, Math.round((done / total) * 100))
}
