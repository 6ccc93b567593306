/** What an experiment did and what it found. */
export interface Figures {
  /** What was counted, by name. */
  counts: Record<string, number>
  /** What must not happen, printed with the seed that reproduces it. */
  violations: string[]
}

/** Numbers that look random and are the same for the same seed (mulberry32). */
export function chanceOf(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

/** The seed to begin with: a new one each time, or the one that is to be seen again. */
export function freshSeed(): number {
  return Number(process.env['SEED'] ?? Math.floor(Math.random() * 2 ** 31))
}
