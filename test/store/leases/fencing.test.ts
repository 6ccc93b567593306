import { describe, expect, it } from 'vitest'
import { readLeases } from '../../../src/store/leases/lease-table.ts'
import { withFence, type FencedDecision } from '../../../src/store/leases/fencing.ts'
import { releaseLeaseNow, takeLeaseNow } from '../../kit/leases.ts'
import { takenOverSince } from '../../../src/store/leases/leases.ts'
import { disk } from '../../../src/store/disk.ts'
import { createHolder, type Holder } from '../../../src/store/leases/holder.ts'
import { readClocks } from '../../../src/store/leases/expiry.ts'
import { appendEvents } from '../../../src/store/append-events.ts'
import { finishLedger } from '../../../src/store/ledger.ts'
import type { State } from '../../../src/store/state.ts'
import { Overtaken } from '../../../src/store/transaction/sequence.ts'
import { onDisk } from '../../chaos/power-loss.ts'
import { placeAt } from '../../kit/marker.ts'
import { SimDisk } from '../../kit/sim-disk.ts'

const ME = createHolder('me', 'me', process.pid)
const THEM = createHolder('them', 'them', process.pid)
const TASK = { feature: 'f', task: 'T1' }

function worktree(root: string): State {
  return { ...placeAt(root), shared: '/sim/common' }
}

type Meanwhile = (mine: State, theirs: State) => void

/** Takes the task. With a lease of 0 minutes, it expires at once. */
function take(state: State, by: Holder, leaseMinutes = 0) {
  const request = { ...TASK, files: [], by, now: readClocks(), leaseMinutes }
  return takeLeaseNow(state, request)
}

function decide(state: State, decision: FencedDecision): 'recorded' | 'overtaken' {
  try {
    const fence = (draft: string, put: () => void) => withFence(state, decision, draft, put)
    appendEvents(state, 'f', [{ kind: 'resumed', task: 'T1' }], { by: 'me', after: 0, fence })
    return 'recorded'
  } catch (error) {
    if (!(error instanceof Overtaken)) throw error
    return 'overtaken'
  }
}

/** The result of a decision if `meanwhile` runs in the other worktree before its disk operation number `at`. */
function decidedWhile(at: number, meanwhile: Meanwhile, isMine = true) {
  const sim = new SimDisk()
  for (const root of ['/sim/one', '/sim/other', '/sim/common']) sim.put(`${root}/x`, '')
  const { stat } = sim.disk
  sim.disk.stat = file => {
    const found = stat(file)
    return found && { ...found, changed: Date.now() }
  }
  return onDisk(sim, () => {
    const [mine, theirs] = [worktree('/sim/one'), worktree('/sim/other')]
    const decision = { ...TASK, by: ME, table: isMine ? take(mine, ME) : readLeases(mine) }
    let left = at
    let seen: number | undefined
    sim.before = () => {
      left -= 1
      if (left > 0 || seen !== undefined) return
      seen = -1
      meanwhile(mine, theirs)
      seen = finishLedger(mine, 'f').events.length
    }
    const end = decide(mine, decision)
    sim.before = () => undefined
    return { end, seen, events: finishLedger(mine, 'f').events.length, sim }
  })
}

const takeAndRelease: Meanwhile = (_, theirs) => {
  take(theirs, THEM)
  releaseLeaseNow(theirs, 'f', 'T1', THEM)
}

const MEANWHILE: [string, Meanwhile, boolean][] = [
  ['is taken over', (_, theirs) => void take(theirs, THEM), true],
  ['is taken over and released', takeAndRelease, true],
  ['is taken and released, and had no holder before', takeAndRelease, false],
]

describe('a decision about a task that, in another worktree,', () => {
  it.each(MEANWHILE)(
    '%s before any of its operations was recorded by then or is never recorded',
    (_, meanwhile, isMine) => {
      const ends = new Map<string, number>()
      for (let at = 1; ; at += 1) {
        const { end, seen, events, sim } = decidedWhile(at, meanwhile, isMine)
        if (seen === undefined) break
        expect({ at, events, end }).toEqual({
          at,
          events: seen,
          end: seen === 0 ? 'overtaken' : 'recorded',
        })
        const left = sim.disk.list('/sim/common/leases').filter(name => name.endsWith('.intent'))
        expect(left).toEqual([])
        ends.set(end, (ends.get(end) ?? 0) + 1)
      }
      // Both results occurred many times.
      expect(ends.get('overtaken')).toBeGreaterThan(10)
      expect(ends.get('recorded')).toBeGreaterThan(10)
    },
  )

  it('is taken by nobody else is recorded, whatever other tasks are taken', () => {
    const other = (_: State, theirs: State) => {
      const now = readClocks()
      const request = { feature: 'f', task: 'T2', files: [], by: THEM, now, leaseMinutes: 30 }
      takeLeaseNow(theirs, request)
    }
    for (let at = 1; at < 40; at += 1) expect(decidedWhile(at, other).end).toBe('recorded')
  })
})

describe('the intent of a decision', () => {
  it('of a killed process is removed with its draft; an incomplete intent and every other file stay', () => {
    const sim = new SimDisk()
    const [about, whose] = ['0'.repeat(12), '1'.repeat(12)]
    const draft = '/sim/one/.redgreen/local/commits/f/0123456789ab.draft'
    sim.put('/sim/one/x', '')
    sim.put(draft, 'draft')
    sim.put('/sim/common/leases/x', '')
    sim.put('/sim/one/tasks.md', 'mine')
    // All files of the simulated disk have the time 0, so they are old.
    sim.put(`/sim/common/leases/${about}-${whose}-a.intent`, draft)
    sim.put(`/sim/common/leases/${about}-${whose}-b.intent`, '/sim/one/tasks.md')
    sim.put(`/sim/common/leases/${about}-${whose}-c.intent`, '')
    onDisk(sim, () => {
      take(worktree('/sim/other'), THEM)
      const left = disk.list('/sim/common/leases').filter(name => name.endsWith('.intent'))
      expect(left).toEqual([`${about}-${whose}-b.intent`, `${about}-${whose}-c.intent`])
      expect(() => disk.read(draft)).toThrow('ENOENT')
      expect(disk.read('/sim/one/tasks.md').toString()).toBe('mine')
    })
  })
})

describe('a late result', () => {
  it('is refused with the name of the later holder, even if they released the task', () => {
    const sim = new SimDisk()
    sim.put('/sim/one/x', '')
    sim.put('/sim/common/x', '')
    onDisk(sim, () => {
      const mine = worktree('/sim/one')
      take(mine, ME)
      take(mine, THEM)
      releaseLeaseNow(mine, 'f', 'T1', THEM)
      const late = () => takenOverSince({ project: mine.shared }, readLeases(mine), 'f', 'T1', ME)
      expect(late()?.holder.id).toBe('them')
      take(mine, ME)
      expect(late()).toBeUndefined()
    })
  })
})
