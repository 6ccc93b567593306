import { cpSync, mkdirSync } from 'node:fs'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { appendEvents } from '../../src/store/append-events.ts'
import { finishLedger } from '../../src/store/ledger.ts'
import { stateOf, type State } from '../../src/store/state.ts'
import { makeProject } from '../kit/project.ts'

const NOON = Date.parse('2026-01-01T12:00:00Z')
const HOUR = 3_600_000

function clone(): State {
  return stateOf({ root: makeProject({}).root })
}

function append(state: State, task: string, hours: number): void {
  vi.setSystemTime(NOON + hours * HOUR)
  appendEvents(state, 'f', [{ kind: 'resumed', task }], { by: 'a' })
}

function order(state: State): string[] {
  return finishLedger(state, 'f').events.flatMap(event => ('task' in event ? [event.task] : []))
}

/** What git does when the branch of another clone is merged. */
function merge(from: State, to: State): void {
  const folder = (state: State) => path.join(state.folder, 'ledger', 'f')
  mkdirSync(folder(to), { recursive: true })
  cpSync(folder(from), folder(to), { recursive: true })
}

describe('the order of events', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'] }))
  afterEach(() => void vi.useRealTimers())

  it('does not change when the clock is set forward or back', () => {
    const state = clone()
    for (const [index, hours] of [0, 1, 0, -1, 0.5, 2].entries()) append(state, `T${index}`, hours)
    expect(order(state)).toEqual(['T0', 'T1', 'T2', 'T3', 'T4', 'T5'])
    const times = finishLedger(state, 'f').events.map(({ at }) => at)
    expect(times).toEqual(times.toSorted())
  })

  it('puts an event after the events of another clone that it follows', () => {
    for (const ahead of [1, -1]) {
      const [theirs, mine] = [clone(), clone()]
      append(theirs, 'T1', ahead)
      append(theirs, 'T2', ahead)
      merge(theirs, mine)
      append(mine, 'T3', 0)
      append(mine, 'T4', 0)
      merge(mine, theirs)
      append(theirs, 'T5', ahead)
      expect(order(theirs)).toEqual(['T1', 'T2', 'T3', 'T4', 'T5'])
    }
  })
})
