import { once } from 'node:events'
import process from 'node:process'
import { sealEvents } from '../../../src/store/append-events.ts'
import type { CloneCoordinator } from '../../../src/store/coordinator/clone-coordinator.ts'
import { coordinatorFor } from '../../../src/store/coordinator/coordinator-for.ts'
import { releaseLease } from '../../../src/store/leases/end-lease.ts'
import { createHolder } from '../../../src/store/leases/holder.ts'
import { takeLease } from '../../../src/store/leases/leases.ts'
import { readLedger } from '../../../src/store/ledger.ts'
import { Locked } from '../../../src/store/lock.ts'
import { readSettings } from '../../../src/store/settings.ts'
import { ensureState, stateOf } from '../../../src/store/state.ts'
import { Overtaken } from '../../../src/store/transaction/sequence.ts'
import { openWorkspace } from '../../../src/store/workspace.ts'

// A client of a store: claims tasks and records them until it is killed, and prints how long each took. It waits for a line on stdin after the first.

const [root = '', name = ''] = process.argv.slice(2)
const feature = '001-load'
const by = createHolder(name, name, process.pid)
const workspace = openWorkspace(root)
if (!workspace) throw new Error(`There is no folder ${root}.`)
const state = stateOf(workspace)
ensureState(state)
const coordinator = await coordinatorFor(workspace, state, readSettings(workspace))
// The first task loads what is needed.
await complete(`${name}-0`)
console.log('ready')
await once(process.stdin, 'data')
for (let count = 1; ; count += 1) {
  const start = performance.now()
  await complete(`${name}-${count}`)
  console.log((performance.now() - start).toFixed(3))
}

async function complete(task: string): Promise<void> {
  await decide(turn => claim(turn, task))
  await decide(turn => mark(turn, task))
}

/** As the workflow does it: in a turn, and again if another client was faster. */
async function decide(work: (turn: CloneCoordinator) => Promise<void>): Promise<void> {
  for (;;) {
    try {
      return await coordinator.withTurn(async turn => {
        await turn.bringUpToDate(feature)
        return work(turn)
      })
    } catch (error) {
      if (!(error instanceof Overtaken || error instanceof Locked)) throw error
    }
  }
}

async function claim(turn: CloneCoordinator, task: string): Promise<void> {
  const table = await turn.leases()
  const request = { feature, task, files: [], by, now: turn.clocks(), leaseMinutes: 30 }
  await takeLease(turn, table, request)
}

async function mark(turn: CloneCoordinator, task: string): Promise<void> {
  const table = await turn.leases()
  const after = turn.versionHere(feature)
  readLedger(state, feature)
  const { commit } = sealEvents(state, feature, [{ kind: 'resumed', task }], {
    by: name,
    clone: turn.clone,
    now: turn.clocks().wall,
  })
  await turn.append(feature, { after, commit, fence: { feature, task, by, table } })
  await releaseLease(turn, feature, task, by)
}
