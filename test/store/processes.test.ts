import { describe, expect, it } from 'vitest'
import { freshSeed } from '../chaos/figures.ts'
import { tryCrowd } from '../chaos/processes.ts'

describe('many processes on one file', () => {
  const seed = freshSeed()

  it('complete every task once, though some of them are killed', async () => {
    const { counts, violations } = await tryCrowd(seed, { processes: 8, tasks: 160, kills: 4 })
    console.log('crowd', { seed, ...counts })
    expect(violations).toEqual([])
  })

  it('and though some sleep for longer than the lock waits for them', async () => {
    const stall = { processes: 2, ms: 10_600 }
    const crowd = { processes: 4, tasks: 60, kills: 0, stall }
    const { counts, violations } = await tryCrowd(seed, crowd)
    console.log('stalls', { seed, ...counts })
    expect(violations).toEqual([])
  })
})
