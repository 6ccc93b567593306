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

  it('decide nothing about a task that was given to another worktree meanwhile', async () => {
    const { counts, violations } = await trySchedules(seed, 100, { worktrees: true })
    console.log('worktrees', { seed, ...counts })
    expect(violations).toEqual([])
  })

  it('do, without the fence between claims and decisions', async () => {
    const { violations } = await trySchedules(seed, 40, { worktrees: true, noFence: true })
    expect(violations.length).toBeGreaterThan(0)
  })

  it('do not, where a name that is taken can be given again', async () => {
    const { violations } = await trySchedules(seed, 40, { lacks: 'exclusion' })
    expect(violations.length).toBeGreaterThan(0)
  })
})
