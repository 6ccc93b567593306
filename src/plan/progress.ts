import type { Plan, Task } from './plan.ts'

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
  const all = new Map(plan.tasks.map(task => [task.id, facts(task.id)]))
  const count = (wanted: (fact: TaskFacts) => boolean) => [...all.values()].filter(wanted).length
  const counts = ({ id, optional }: Task) => optional !== true || settledIn(all, id)
  const counted = new Set(plan.tasks.filter(counts).map(({ id }) => id))
  const total = counted.size
  const done = count(isSettled)
  return {
    done,
    total,
    percent: percentage(done, total),
    claimed: count(fact => fact.claimed && !isSettled(fact)),
    waived: count(fact => fact.waived),
    owed: count(fact => fact.owed),
    phases: plan.phases.map(phase => ({
      name: phase.name,
      done: phase.tasks.filter(id => settledIn(all, id)).length,
      total: phase.tasks.filter(id => counted.has(id)).length,
    })),
  }
}

function isSettled(fact: TaskFacts): boolean {
  return fact.done || fact.waived
}

function settledIn(all: ReadonlyMap<string, TaskFacts>, id: string): boolean {
  const fact = all.get(id)
  return fact !== undefined && isSettled(fact)
}

function percentage(done: number, total: number): number {
  if (total === 0) return 0
  // 399 of 400 would round to 100 and make the plan look finished.
  return done === total ? 100 : Math.min(99, Math.round((done / total) * 100))
}
