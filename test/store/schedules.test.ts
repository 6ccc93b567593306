import { describe, expect, it } from 'vitest'
import { freshSeed } from '../chaos/figures.ts'
import { trySchedules } from '../chaos/schedules.ts'

describe('three threads without a lock, in any order of their operations', () => {
  const seed = freshSeed()

  it('record nothing twice, lose nothing, and write every mark', async () => {
    const { counts, violations } = await trySchedules(seed, 100)
    console.log('schedules', { seed, ...counts })
    expect(violations).toEqual([])
  })

  it('record nothing about a task that another worktree has taken over', async () => {
    const { counts, violations } = await trySchedules(seed, 100, { worktrees: true })
    console.log('worktrees', { seed, ...counts })
    expect(violations).toEqual([])
  })

  it('record it without the fence between leases and decisions', async () => {
    const { violations } = await trySchedules(seed, 40, { worktrees: true, noFence: true })
    expect(violations.length).toBeGreaterThan(0)
  })

  it('violate this if a link can replace an existing name', async () => {
    const { violations } = await trySchedules(seed, 40, { lacks: 'exclusion' })
    expect(violations.length).toBeGreaterThan(0)
  })
})
