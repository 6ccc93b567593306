import { describe, expect, it } from 'vitest'
import { ClockComparison } from '../../../../src/store/coordinator/git/clock-difference.ts'
import { EMPTY_STATE } from '../../../../src/store/coordinator/git/shared-state.ts'

const START = Date.parse('2026-01-01T12:00:00.000Z')

/** This machine some seconds after the start; its wall clock may be wrong by some seconds. */
function clock(seconds: number, wrong = 0) {
  return { up: seconds * 1000, wall: new Date(START + (seconds + wrong) * 1000) }
}

/** A commit of another machine, with its time in seconds after the start. */
function written(commit: string, seconds: number, machine = 'other') {
  const at = new Date(START + seconds * 1000).toISOString()
  return { commit, state: { ...EMPTY_STATE, written: { at, machine, host: 'agent-7' } } }
}

/** What the second reading says, at 1000 s, of a commit that was not there at 900 s. */
function reading(seconds: number, wrong = 0): () => void {
  const clocks = new ClockComparison()
  clocks.check(written('first', 0), clock(900, wrong))
  return () => clocks.check(written('second', seconds), clock(1000, wrong))
}

describe('the clocks of machines with one git remote', () => {
  it('may differ by two minutes', () => {
    for (const seconds of [781, 950, 1119]) expect(reading(seconds)).not.toThrow()
    expect(reading(1121)).toThrow(
      /that of agent-7, .* at 2026-01-01T12:18:41.000Z, differ by 2 min/,
    )
    expect(reading(779)).toThrow('differ by 2 minutes')
    expect(reading(950, 3600)).toThrow('differ by 59 minutes')
    expect(reading(950, -3600)).toThrow('differ by 59 minutes')
  })

  it('are not compared with what a machine wrote before, which may be gone', () => {
    const clocks = new ClockComparison()
    for (const seconds of [0, 10, 20])
      expect(() => clocks.check(written('first', 36_000), clock(seconds))).not.toThrow()
    expect(() => clocks.check(written('second', 30), clock(30))).not.toThrow()
  })

  it('are compared again when one was set, or another machine wrote', () => {
    const clocks = new ClockComparison()
    clocks.check(written('first', 0), clock(0, 3600))
    const second = written('second', 5)
    expect(() => clocks.check(second, clock(10, 3600))).toThrow('differ')
    expect(() => clocks.check(second, clock(20, 3600))).toThrow('differ')
    expect(() => clocks.check(second, clock(30, 0))).not.toThrow()
    expect(() => clocks.check(written('third', 3640), clock(40, 0))).toThrow('differ')
    expect(() => clocks.check(written('fourth', 45), clock(50, 0))).not.toThrow()
  })
})
