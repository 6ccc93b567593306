import { describe, expect, it } from 'vitest'
import { freshSeed } from '../chaos/figures.ts'
import { losePowerEverywhere } from '../chaos/power-loss.ts'

describe('after a power failure', () => {
  const seed = freshSeed()

  it('before any operation, no acknowledged step is lost, whatever part of the data is on disk', () => {
    const { counts, violations } = losePowerEverywhere(seed, 4)
    console.log('power loss', { seed, ...counts })
    expect(violations).toEqual([])
    expect(counts['operations']).toBeGreaterThan(60)
  })

  it.each(['files', 'nothing'] as const)('the experiment finds losses if it syncs: %s', syncs => {
    expect(losePowerEverywhere(seed, 3, { syncs }).violations.length).toBeGreaterThan(10)
  })
})
