import { describe, expect, it } from 'vitest'
import { freshSeed } from '../chaos/figures.ts'
import { tryHistories } from '../chaos/histories.ts'

describe('any history of the store', () => {
  const seed = freshSeed()

  it('loses nothing that was acknowledged, records nothing twice, and leaves a person’s words alone', () => {
    const { counts, violations } = tryHistories(seed, 1000)
    console.log('histories', { seed, ...counts })
    expect(violations).toEqual([])
  })

  it('shows what is lost when nothing is synced', () => {
    expect(tryHistories(seed, 400, { syncs: 'nothing' }).violations).toHaveLength(1)
  })
})
