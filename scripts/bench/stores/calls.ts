import type { Contestant } from '../peers/contestant.ts'
import { ours } from '../peers/ours.ts'
import { inTurns, type Effort, type Outcome } from '../peers/turns.ts'
import { Work } from '../peers/work.ts'
import { timed } from '../measure.ts'
import type { MeasuredStore } from './tested-stores.ts'

/** The calls of one server over stdio, with each store: the duration of `next_task`, `record_green` and `mark_complete`. */
export const CALLS = ['next_task', 'record_green', 'mark_complete'] as const

export type CallName = (typeof CALLS)[number]

/** All stores are measured in turn. */
export async function measureStoreCalls(
  stores: readonly MeasuredStore[],
  effort: Effort,
): Promise<Record<CallName, Record<string, Outcome>>> {
  const works: [string, Work][] = []
  for (const { name, newProject } of stores) {
    const settings = JSON.stringify(await newProject())
    const files: Contestant['files'] = size => ({
      ...ours.files(size),
      'redgreen.config.json': settings,
    })
    works.push([name, new Work({ ...ours, files }, { tasks: 40 + effort.rounds, done: 5 })])
  }
  try {
    // The first calls load what a store needs.
    for (const [, work] of works) await work.finish(call => timed(call))
    const next = await inTurns(
      entries(works, work => work.next()),
      effort,
    )
    const ends = new Map<string, number[]>()
    const green = await inTurns(
      entries(works, async (work, name) => {
        const [first = 0, second = 0] = await work.finish(call => timed(call))
        ends.set(name, [...(ends.get(name) ?? []), second])
        return first
      }),
      effort,
    )
    const complete = works.map(([name]) => [name, { figures: ends.get(name) ?? [] }] as const)
    return { next_task: next, record_green: green, mark_complete: Object.fromEntries(complete) }
  } finally {
    for (const [, work] of works) await work.remove()
  }
}

function entries(
  works: readonly (readonly [string, Work])[],
  measure: (work: Work, name: string) => Promise<number>,
): Record<string, () => Promise<number>> {
  return Object.fromEntries(works.map(([name, work]) => [name, () => measure(work, name)]))
}
