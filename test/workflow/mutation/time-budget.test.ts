import { expect, it } from 'vitest'
import { RunQueue } from '../../../src/runner/run-queue.ts'
import { TimeBudget } from '../../../src/workflow/mutation/time-budget.ts'

it('the time for which a run waits for its turn is given back', async () => {
  let now = 0
  const budget = new TimeBudget(1000, () => now)
  const queue = new RunQueue(1)
  const turn = (by: string) => ({ by, signal: new AbortController().signal })
  let end: () => void = () => undefined
  const other = queue.run(turn('a'), () => new Promise<void>(resolve => (end = resolve)))
  const asked = now
  const own = queue.run(turn('b'), async () => {
    budget.giveBack(now - asked)
    now += 300
  })
  now += 5000
  end()
  await Promise.all([other, own])
  expect(budget.left).toBe(700)
  now += 701
  expect(budget.left).toBe(-1)
})
