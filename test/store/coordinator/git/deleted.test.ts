import { describe, expect, it } from 'vitest'
import { sealEvents } from '../../../../src/store/append-events.ts'
import { withCloneHolders } from '../../../../src/store/coordinator/clone-holders.ts'
import { Replica } from '../../../../src/store/coordinator/replica.ts'
import { readLedger } from '../../../../src/store/ledger.ts'
import type { State } from '../../../../src/store/state.ts'
import { makeProject } from '../../../kit/project.ts'
import { FEATURE, openProject, resumed } from '../../../kit/store.ts'
import { git, STATE, testRemote, type TestRemote } from './remote.ts'

interface Clone {
  state: State
  replica: Replica
}

function makeClone(remote: TestRemote, clone: string): Clone {
  const { state } = openProject(makeProject({}))
  git(state.root, 'remote', 'add', 'origin', remote.bare)
  const store = remote.open({ root: state.root })
  return {
    state,
    replica: new Replica(withCloneHolders(store, { host: clone, name: clone }), {
      state,
      clone,
      label: '',
    }),
  }
}

async function record({ state, replica }: Clone, task: string): Promise<void> {
  await replica.withTurn(async turn => {
    await turn.bringUpToDate(FEATURE)
    const { commit } = sealEvents(state, FEATURE, [resumed(task)], { by: 'me', clone: turn.clone })
    await turn.append(FEATURE, { after: turn.versionHere(FEATURE), commit })
  })
}

async function tasksIn({ state, replica }: Clone): Promise<string[]> {
  await replica.bringUpToDate(FEATURE)
  return readLedger(state, FEATURE).events.flatMap(event => ('task' in event ? [event.task] : []))
}

describe('a reference that was deleted on the remote', () => {
  it('gets the lines of each clone again when the clone decides something', async () => {
    const remote = testRemote()
    const [one, two] = [makeClone(remote, 'one'), makeClone(remote, 'two')]
    await record(one, 'T1')
    await record(two, 'T2')
    await record(one, 'T3')
    git(remote.bare, 'update-ref', '-d', STATE)
    expect((await one.replica.leases()).number).toBe(0)
    await record(two, 'T4')
    await record(one, 'T5')
    const all = ['T1', 'T2', 'T3', 'T4', 'T5']
    for (const clone of [one, two, makeClone(remote, 'three')])
      expect((await tasksIn(clone)).toSorted()).toEqual(all)
  })
})
