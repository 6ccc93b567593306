import { describe, expect, it } from 'vitest'
import { freshSeed } from '../chaos/figures.ts'
import { tryHistories } from '../chaos/histories.ts'

describe('any history of the store', () => {
  const seed = freshSeed()

  it('loses no acknowledged step, records nothing twice, and keeps the text of a human', () => {
    const { counts, violations } = tryHistories(seed, 1000)
    console.log('histories', { seed, ...counts })
    expect(violations).toEqual([])
  })

  it('loses steps if nothing is synced', () => {
    expect(tryHistories(seed, 400, { syncs: 'nothing' }).violations).toHaveLength(1)
  })
})
