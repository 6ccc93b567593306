import { describe, expect, it } from 'vitest'
import { freshSeed } from '../chaos/figures.ts'
import { tryCrowd, type Crowd } from '../chaos/processes.ts'

/** A lock is stale after 2 s instead of 10, which takes a fifth of the time. */
const STALE = 2_000
const STALL = STALE + 600

// They mostly wait, so they run at the same time.
describe.concurrent('many processes on one file', () => {
  const seed = freshSeed()

  it('complete every task once although some of them are killed', async () => {
    const { counts, violations } = await tryCrowd(seed, { processes: 8, tasks: 120, kills: 4 })
    console.log('crowd', { seed, ...counts })
    expect(violations).toEqual([])
    expect(counts['kills']).toBeGreaterThan(0)
  })

  const stalled = (more: Partial<Crowd> = {}): Crowd => ({
    processes: 4,
    tasks: 40,
    kills: 0,
    stale: STALE,
    // They continue when another process has decided.
    stall: { processes: 2, ms: 20_000, where: 'deciding' },
    ...more,
  })

  it('complete every task once although some are suspended until the lock is stale, just before they decide', async () => {
    const { counts, violations } = await tryCrowd(seed, stalled())
    console.log('stalls', { seed, ...counts })
    expect(violations).toEqual([])
    expect(counts['stalls']).toBeGreaterThan(0)
  })

  it('do not, if a late decision can replace an earlier one', async () => {
    const { violations } = await tryCrowd(seed, stalled({ noFence: true }))
    expect(violations.length).toBeGreaterThan(0)
  })

  it.skipIf(process.platform !== 'linux')(
    'complete every task once although a human saves the file while others are suspended and killed',
    async () => {
      const stall = { processes: 2, ms: STALL }
      const crowd = stalled({ processes: 5, tasks: 60, kills: 3, stall, isMixed: true })
      const { counts, violations } = await tryCrowd(seed, crowd)
      console.log('all at once', { seed, ...counts })
      expect(violations).toEqual([])
      expect(counts['saves']).toBeGreaterThan(3)
    },
  )
})
