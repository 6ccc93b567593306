import { describe, expect, it } from 'vitest'
import { sealEvents } from '../../../src/store/append-events.ts'
import { withCloneHolders } from '../../../src/store/coordinator/clone-holders.ts'
import { Replica } from '../../../src/store/coordinator/replica.ts'
import { readLedger } from '../../../src/store/ledger.ts'
import type { State } from '../../../src/store/state.ts'
import { makeProject } from '../../kit/project.ts'
import { FEATURE, openProject, resumed } from '../../kit/store.ts'
import { MemoryProject } from './memory.ts'

interface Clone {
  state: State
  replica: Replica
}

const TASKS = ['T1', 'T2', 'T3', 'T4', 'T5', 'T6']

/** A server that starts in a clone. */
async function start(store: MemoryProject, clone: string, state: State): Promise<Clone> {
  return {
    state,
    replica: new Replica(withCloneHolders(await store.open(), { host: clone, name: clone }), {
      state,
      clone,
      label: 'memory',
    }),
  }
}

/** As a step does it. */
async function record({ state, replica }: Clone, task: string): Promise<void> {
  await replica.withTurn(async turn => {
    await turn.bringUpToDate(FEATURE)
    const { clone } = turn
    const { commit } = sealEvents(state, FEATURE, [resumed(task)], { by: 'me', clone })
    await turn.append(FEATURE, { after: turn.versionHere(FEATURE), commit })
  })
}

async function tasksOf({ state, replica }: Clone): Promise<string[]> {
  await replica.bringUpToDate(FEATURE)
  const { events, damage } = readLedger(state, FEATURE)
  expect(damage).toEqual([])
  return events.flatMap(event => ('task' in event ? [event.task] : [])).toSorted()
}

describe('a store that was restored from an older copy, while servers run,', () => {
  it('gets what it lost from the clones, and every server goes on', async () => {
    const store = new MemoryProject(() => 0)
    const states = ['one', 'two', 'late'].map(() => openProject(makeProject({})).state)
    const [first, second, third] = states
    if (!first || !second || !third) throw new Error('no clone')
    const one = await start(store, 'one', first)
    const two = await start(store, 'two', second)
    await record(one, 'T1')
    await record(two, 'T2')
    await record(one, 'T3')
    store.loseAfter(FEATURE, 1)
    await record(one, 'T4')
    await record(two, 'T5')
    await record(one, 'T6')
    for (const clone of [one, two, await start(store, 'late', third)])
      expect(await tasksOf(clone)).toEqual(TASKS)
  })

  it('is read again by a server that has seen other lines with the same numbers', async () => {
    const store = new MemoryProject(() => 0)
    const [first, second] = ['one', 'two'].map(() => openProject(makeProject({})).state)
    if (!first || !second) throw new Error('no clone')
    const one = await start(store, 'one', first)
    const before = await start(store, 'two', second)
    await record(one, 'T1')
    await record(before, 'T2')
    await record(one, 'T3')
    await record(one, 'T4')
    await before.replica.bringUpToDate(FEATURE)
    store.loseAfter(FEATURE, 1)
    // A server that starts now shares what its clone has; then the store has as many versions as before, and more.
    const two = await start(store, 'two', second)
    await record(two, 'T5')
    await record(two, 'T6')
    expect(await tasksOf(one)).toEqual(TASKS)
    await record(one, 'T7')
    expect(await tasksOf(two)).toEqual([...TASKS, 'T7'])
  })

  it('is read again if a clone has added the same lines with the same number again', async () => {
    const store = new MemoryProject(() => 0)
    const [first, second, third] = ['one', 'two', 'three'].map(
      () => openProject(makeProject({})).state,
    )
    if (!first || !second || !third) throw new Error('no clone')
    const one = await start(store, 'one', first)
    const two = await start(store, 'two', second)
    await record(one, 'T1')
    await record(two, 'T2')
    await record(one, 'T3')
    expect(await tasksOf(two)).toEqual(['T1', 'T2', 'T3'])
    store.loseAfter(FEATURE, 1)
    await record(await start(store, 'three', third), 'T4')
    await one.replica.withTurn(turn => turn.bringUpToDate(FEATURE))
    expect(await tasksOf(two)).toEqual(['T1', 'T2', 'T3', 'T4'])
  })
})
