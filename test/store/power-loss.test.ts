import { describe, expect, it } from 'vitest'
import { freshSeed } from '../chaos/figures.ts'
import { losePowerEverywhere } from '../chaos/power-loss.ts'

describe('when the power goes', () => {
  const seed = freshSeed()

  it('before any operation, whatever part of it has reached the disk, nothing acknowledged is lost', () => {
    const { counts, violations } = losePowerEverywhere(seed, 4)
    console.log('power loss', { seed, ...counts })
    expect(violations).toEqual([])
    expect(counts['operations']).toBeGreaterThan(60)
  })

  it.each(['files', 'nothing'] as const)('and only %s were synced, that is seen', syncs => {
    expect(losePowerEverywhere(seed, 3, { syncs }).violations.length).toBeGreaterThan(10)
  })
})
