import { describe, expect, it } from 'vitest'
import { freshSeed } from '../chaos/figures.ts'
import { tryCrowd, type Crowd } from '../chaos/processes.ts'

/** A lock that is stale after 2 s instead of 10: the same happens, in a fifth of the time. */
const STALE = 2_000
const SLEEP = STALE + 600

// They mostly wait for each other, so they do it at the same time.
describe.concurrent('many processes on one file', () => {
  const seed = freshSeed()

  it('complete every task once, though some of them are killed', async () => {
    const { counts, violations } = await tryCrowd(seed, { processes: 8, tasks: 120, kills: 4 })
    console.log('crowd', { seed, ...counts })
    expect(violations).toEqual([])
    expect(counts['kills']).toBeGreaterThan(0)
  })

  const asleep = (more: Partial<Crowd> = {}): Crowd => ({
    processes: 4,
    tasks: 40,
    kills: 0,
    stale: STALE,
    // They wake when somebody else has decided.
    stall: { processes: 2, ms: 20_000, where: 'deciding' },
    ...more,
  })

  it('and though some sleep for longer than the lock waits for them, just before they decide', async () => {
    const { counts, violations } = await tryCrowd(seed, asleep())
    console.log('stalls', { seed, ...counts })
    expect(violations).toEqual([])
    expect(counts['stalls']).toBeGreaterThan(0)
  })

  it('but not where what a sleeper decides can take the place of what was decided', async () => {
    const { violations } = await tryCrowd(seed, asleep({ noFence: true }))
    expect(violations.length).toBeGreaterThan(0)
  })

  it.skipIf(process.platform !== 'linux')(
    'and though a person saves the file while others sleep and are killed',
    async () => {
      const stall = { processes: 2, ms: SLEEP }
      const crowd = asleep({ processes: 5, tasks: 60, kills: 3, stall, isMixed: true })
      const { counts, violations } = await tryCrowd(seed, crowd)
      console.log('all at once', { seed, ...counts })
      expect(violations).toEqual([])
      expect(counts['saves']).toBeGreaterThan(3)
    },
  )
})
