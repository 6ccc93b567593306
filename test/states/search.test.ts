import process from 'node:process'
import { expect, test } from 'vitest'
import { walk, type Walk } from './search.ts'

/** Runs only on request: `REDGREEN_WALKS=300 npx vitest run test/states` makes 300 walks, `REDGREEN_SEED` begins at another place. */
const WALKS = Number(process.env['REDGREEN_WALKS'] ?? 0)
const FIRST_SEED = Number(process.env['REDGREEN_SEED'] ?? 20)
const MOVES = 12
const MINUTE = 60_000

test.skipIf(WALKS === 0)(
  'an honest assistant finishes the feature from every state, by the answers alone',
  { timeout: Math.max(3, WALKS) * MINUTE },
  async () => {
    const walks: Walk[] = []
    for (let seed = FIRST_SEED; seed < FIRST_SEED + WALKS; seed += 1) {
      const found = await walk(seed, MOVES)
      walks.push(found)
      expect.soft(found.stuck, `seed ${seed}:\n${found.trace.join('\n')}`).toBeUndefined()
    }
    console.log(figures(walks))
  },
)

function figures(walks: readonly Walk[]): string {
  const states = new Set(walks.flatMap(found => [...found.states]))
  const refusals = new Map<string, number>()
  for (const found of walks) {
    for (const [code, count] of found.refusals)
      refusals.set(code, (refusals.get(code) ?? 0) + count)
  }
  const followed = walks.reduce((sum, found) => sum + found.followed, 0)
  const stuck = walks.filter(found => found.stuck !== undefined).length
  const counts = [...refusals].map(([code, count]) => `${code} ${count}`).sort()
  return [
    `${walks.length} walks from seed ${walks[0]?.seed}: ${states.size} states, ${stuck} dead ends.`,
    `Advice followed ${followed} times. Refusals: ${counts.join(', ')}.`,
  ].join('\n')
}
