import process from 'node:process'
import { runsSlowTests } from './slow.ts'

/** The work for `n` times the text may be at most this much more than `n` times as large. */
const GROWTH = 1.5
const SIZES = runsSlowTests ? [1_000, 10_000, 100_000] : [1_000, 10_000]

/** A text of at least `size` characters. */
export function repeated(shape: string, size: number): string {
  return shape.repeat(Math.ceil(size / shape.length))
}

/**
 * What grew faster than linear, as a text; `undefined` if nothing did. It compares the processor time of this thread, which a
 * loaded machine does not change; the best of several attempts counts, and what is over at once is too short to measure.
 */
export function growthOf(use: (size: number) => void): string | undefined {
  use(500)
  const costs = new Map<number, number>()
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    for (const size of SIZES)
      costs.set(
        size,
        Math.min(
          costs.get(size) ?? Infinity,
          processorTime(() => use(size)),
        ),
      )
    if (growths(costs).length === 0) return undefined
  }
  return growths(costs).join(', ')
}

function growths(costs: ReadonlyMap<number, number>): string[] {
  return SIZES.slice(1).flatMap((size, at) => {
    const smaller = SIZES[at] ?? 1
    const before = Math.max(costs.get(smaller) ?? 0, MEASURABLE)
    const cost = costs.get(size) ?? 0
    const growth = cost / before / (size / smaller)
    return growth > GROWTH ? [`${size} characters: ${growth.toFixed(1)} times linear`] : []
  })
}

/** In microseconds. */
function processorTime(use: () => void): number {
  const before = process.cpuUsage()
  use()
  const { user, system } = process.cpuUsage(before)
  return user + system
}

const ATTEMPTS = 6
/** Below this many microseconds, the collector of garbage and the compiler decide. */
const MEASURABLE = 10_000
