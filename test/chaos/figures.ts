/** The result of an experiment. */
export interface Figures {
  /** Counts of what happened, by name. */
  counts: Record<string, number>
  /** What must not happen, printed with the seed that reproduces it. */
  violations: string[]
}

/** Pseudo-random numbers from 0 to 1, the same for the same seed (mulberry32). */
export function chanceOf(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

/** A new seed, or the one in the variable `SEED` to repeat a run. */
export function freshSeed(): number {
  return Number(process.env['SEED'] ?? Math.floor(Math.random() * 2 ** 31))
}
