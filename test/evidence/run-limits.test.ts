import { describe, expect, it } from 'vitest'
import { attemptsLeft, runsForTasks, runsLeft, runUsage } from '../../src/evidence/run-limits.ts'
import { chain, suite } from './outcomes.ts'

describe('full runs', () => {
  const limits = { fullRuns: 3, validationAttempts: 3, pauseHours: 4 }
  const noon = '2026-01-01T12:00:00.000Z'

  it('are counted within a working period, with one reserved for the validation', () => {
    const events = chain([suite('T1'), suite('T2', { ran: 'feature' }), suite('T3')])
    const used = runUsage(events, limits, '2026-01-01T13:00:00.000Z')
    expect(used).toMatchObject({ fullRuns: 2, attempts: 0 })
    expect(runsForTasks(used, limits)).toBe(0)
  })

  it('increase by one each time that a human allows it, in that working period', () => {
    const allowed = {
      kind: 'runs-allowed',
      fullRuns: 1,
      attempts: 1,
      person: 'ada',
      channel: 'terminal',
    } as const
    const events = chain([suite('T1'), suite('T2'), allowed, suite('T3')])
    const now = runUsage(events, limits, '2026-01-01T13:00:00.000Z')
    expect([runsForTasks(now, limits), attemptsLeft(now, limits)]).toEqual([0, 4])
    const before = runUsage(events.slice(0, 3), limits, '2026-01-01T13:00:00.000Z')
    expect([runsForTasks(before, limits), runsLeft(before, limits)]).toEqual([1, 2])
    const later = runUsage(events, limits, '2026-01-02T00:00:00.000Z')
    expect([runsForTasks(later, limits), attemptsLeft(later, limits)]).toEqual([2, 3])
  })

  it('start again after a pause without an event', () => {
    const times = [noon, '2026-01-01T17:00:00.000Z']
    const events = chain([suite('T1'), suite('T2')], times)
    expect(runUsage(events, limits, '2026-01-01T17:30:00.000Z').fullRuns).toBe(1)
    expect(runUsage(events, limits, '2026-01-02T00:00:00.000Z').fullRuns).toBe(0)
  })
})
