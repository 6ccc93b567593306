import { afterEach, expect, it, vi } from 'vitest'
import { CHECK_INTERVAL_MS, Poll } from '../../src/store/poll.ts'

afterEach(() => void vi.useRealTimers())

/** A poll whose first check lasts until the test ends it, and the number of checks. */
function polling() {
  vi.useFakeTimers()
  let checks = 0
  let endFirst: () => void = () => undefined
  const answers: boolean[] = []
  const poll = new Poll(async isStopped => {
    checks += 1
    if (checks === 1) await new Promise<void>(resolve => (endFirst = resolve))
    answers.push(isStopped())
  })
  const later = () => vi.advanceTimersByTimeAsync(CHECK_INTERVAL_MS)
  return { poll, later, checks: () => checks, endFirst: () => endFirst(), answers }
}

it('checks again after a pause, one check at a time', async () => {
  const { poll, later, checks, endFirst, answers } = polling()
  poll.start()
  poll.start()
  await later()
  await later()
  expect(checks()).toBe(1)
  endFirst()
  await later()
  expect(checks()).toBe(2)
  expect(answers).toEqual([false, false])
  poll.stop()
  expect(poll.isRunning).toBe(false)
})

it('goes on once if it is stopped and started again during a check', async () => {
  const { poll, later, checks, endFirst, answers } = polling()
  poll.start()
  await later()
  poll.stop()
  poll.start()
  endFirst()
  await later()
  expect(answers).toEqual([true, false])
  await later()
  expect(checks()).toBe(3)
  poll.stop()
})

it('does not go on if it is stopped during a check', async () => {
  const { poll, later, checks, endFirst } = polling()
  poll.start()
  await later()
  poll.stop()
  endFirst()
  await later()
  expect(checks()).toBe(1)
})
