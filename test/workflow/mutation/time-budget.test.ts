import { expect, it } from 'vitest'
import { TimeBudget } from '../../../src/workflow/mutation/time-budget.ts'

it('a run that waits for its turn uses only the time for which it ran', async () => {
  let now = 0
  const budget = new TimeBudget(1000, () => now)
  const result = await budget.spend(async () => {
    now += 5000
    return { durationMs: 300 }
  })
  expect(result).toEqual({ durationMs: 300 })
  expect(budget.left).toBe(700)
  now += 701
  expect(budget.left).toBe(-1)
})

it('a clock that is set back adds no time', async () => {
  let now = 10_000
  const budget = new TimeBudget(1000, () => now)
  await budget.spend(async () => {
    now -= 5000
    return { durationMs: 300 }
  })
  now = 10_000
  expect(budget.left).toBe(1000)
})
