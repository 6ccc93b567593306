import { rememberedWithoutMarks } from './changed-marks.ts'
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

/** Counts the finished tasks of a plan and of each phase. In one pass, because each event and each mark changes it. */
export function progressOf(plan: Plan, facts: (id: string) => TaskFacts): Progress {
  const { places, phases } = placesIn(plan)
  const settled = new Uint8Array(places.length)
  const counted = new Uint8Array(places.length)
  const counts = { claimed: 0, waived: 0, owed: 0 }
  for (const [at, { id, optional }] of plan.tasks.entries()) {
    const fact = facts(id)
    const isDone = isSettled(fact)
    const place = places[at] ?? at
    if (isDone) settled[place] = 1
    if (isDone || optional !== true) counted[place] = 1
    if (fact.claimed && !isDone) counts.claimed += 1
    if (fact.waived) counts.waived += 1
    if (fact.owed) counts.owed += 1
  }
  const done = sum(settled)
  const total = sum(counted)
  return {
    done,
    total,
    percent: percentage(done, total),
    ...counts,
    phases: plan.phases.map(({ name }, at) => ({
      name,
      done: countAt(phases[at], settled),
      total: countAt(phases[at], counted),
    })),
  }
}

/** Where the tasks of a plan are counted, in its order and by phase: tasks of the same id count as one. */
const placesIn = rememberedWithoutMarks(({ tasks, phases }: Plan) => {
  const byId = new Map<string, number>()
  const places = tasks.map(({ id }, at) => {
    const place = byId.get(id) ?? at
    byId.set(id, place)
    return place
  })
  return {
    places,
    phases: phases.map(({ tasks: ids }) => ids.flatMap(id => byId.get(id) ?? [])),
  }
})

function countAt(places: readonly number[] = [], flags: Uint8Array): number {
  let count = 0
  for (const place of places) count += flags[place] ?? 0
  return count
}

function sum(flags: Uint8Array): number {
  let count = 0
  for (const flag of flags) count += flag
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
