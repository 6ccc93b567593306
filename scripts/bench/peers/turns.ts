import { performance } from 'node:perf_hooks'

/** How often something is measured: not oftener than `rounds`, and no more after `seconds`. */
export interface Effort {
  rounds: number
  seconds: number
}

/** The figures of one contestant, or why there are none. */
export type Outcome = { figures: number[] } | { missing: string }

/**
 * Measures each entry in turn, round after round, so that a change of the machine's load meets all of them. One that fails does
 * not stop the others.
 */
export async function inTurns(
  entries: Readonly<Record<string, () => Promise<number>>>,
  { rounds, seconds }: Effort,
): Promise<Record<string, Outcome>> {
  const outcomes: Record<string, Outcome> = {}
  const used: Record<string, number> = {}
  for (let round = 0; round < rounds; round += 1)
    for (const [name, measure] of Object.entries(entries)) {
      const before = outcomes[name] ?? { figures: [] }
      if ('missing' in before || (used[name] ?? 0) > seconds * 1000) continue
      const start = performance.now()
      try {
        outcomes[name] = { figures: [...before.figures, await measure()] }
      } catch (error) {
        outcomes[name] = { missing: messageOf(error) }
      }
      used[name] = (used[name] ?? 0) + performance.now() - start
    }
  return outcomes
}

export function messageOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error)
  return (text.split('\n', 1)[0] ?? '').slice(0, 200)
}
