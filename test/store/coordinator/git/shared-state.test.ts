import { describe, expect, it } from 'vitest'
import type { LeaseEntry } from '../../../../src/store/leases/lease-table.ts'
import type { Holder } from '../../../../src/store/leases/holder.ts'
import { Overtaken } from '../../../../src/store/transaction/sequence.ts'
import {
  EMPTY_STATE,
  versionOf,
  withAddition,
  withLeases,
  type SharedState,
} from '../../../../src/store/coordinator/git/shared-state.ts'
import { fence, ME, THEM } from './decisions.ts'

const until = '2026-01-01T00:00:00.000Z'

function taken(state: SharedState, task: string, holder: Holder, more: Partial<LeaseEntry> = {}) {
  const { number, leases } = state
  const lease = { holder, since: until, until, files: [], token: number + 1, ...more }
  return withLeases(state, { table: state, leases: { ...leases, [`f\n${task}`]: lease } })
}

describe('the state of a project on a git remote', () => {
  const mine = taken(EMPTY_STATE, 'T1', ME)
  const decide =
    (state: SharedState, table: SharedState = mine) =>
    () =>
      withAddition(state, 'f', { after: 0, ...fence(table, 'T1') })

  it('refuses a decision about a task that another holder took or a human released', () => {
    const theirs = taken(mine, 'T1', THEM)
    const { 'f\nT1': _, ...others } = theirs.leases
    const free = withLeases(theirs, { table: theirs, leases: others })
    for (const state of [
      theirs,
      free,
      taken(free, 'T1', ME),
      taken(mine, 'T1', ME, { released: true, releasedBy: 'a human' }),
    ])
      expect(decide(state)).toThrow(Overtaken)
  })

  it('accepts it if the task stayed with its holder, whatever happened to other tasks', () => {
    const renewed = taken(mine, 'T1', ME, { token: 1, until: '2027-01-01T00:00:00.000Z' })
    for (const state of [mine, renewed, taken(renewed, 'T2', THEM), taken(mine, 'T1', ME)])
      expect(versionOf(decide(state)(), 'f')).toBe(1)
  })

  it('refuses a decision that is based on leases that it no longer knows, or on later ones', () => {
    let state = mine
    for (let task = 0; task < 64; task += 1) state = taken(state, `U${task}`, THEM)
    expect(state.taken).toHaveLength(64)
    expect(decide(state)()).toHaveProperty('versions', { f: 1 })
    const more = taken(state, 'V', THEM)
    expect(decide(taken(more, 'W', THEM))).toThrow(Overtaken)
    expect(decide(taken(more, 'W', THEM), more)()).toHaveProperty('versions', { f: 1 })
    expect(decide(EMPTY_STATE)).toThrow(Overtaken)
  })

  it('refuses changes that are based on other leases or lines', () => {
    expect(() => withLeases(mine, { table: EMPTY_STATE, leases: {} })).toThrow(Overtaken)
    expect(() => withAddition(mine, 'f', { after: 1 })).toThrow(Overtaken)
    const named = withAddition(mine, '__proto__', { after: 0 })
    expect([versionOf(named, '__proto__'), versionOf(mine, '__proto__')]).toEqual([1, 0])
  })
})
