import { describe, expect, it } from 'vitest'
import { freshSeed } from '../chaos/figures.ts'
import { trySchedules } from '../chaos/schedules.ts'

describe('three processes without a lock, in any order of their operations', () => {
  const seed = freshSeed()

  it('record nothing twice, lose nothing, and leave no mark out', async () => {
    const { counts, violations } = await trySchedules(seed, 100)
    console.log('schedules', { seed, ...counts })
    expect(violations).toEqual([])
  })

  it.each(['exclusion', 'sweeping'] as const)('do, where %s is lacking', async lacks => {
    expect((await trySchedules(seed, 60, { lacks })).violations.length).toBeGreaterThan(0)
  })
})
