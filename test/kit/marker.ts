import { readLeases } from '../../src/store/leases/lease-table.ts'
import { withFence } from '../../src/store/leases/fencing.ts'
import { releaseLeaseNow, takeLeaseNow } from './leases.ts'
import { findLease, activeLeases } from '../../src/store/leases/leases.ts'
import { syncFolder } from '../../src/store/files.ts'
import type { Holder } from '../../src/store/leases/holder.ts'
import { readClocks } from '../../src/store/leases/expiry.ts'
import { appendEvents } from '../../src/store/append-events.ts'
import { finishLedger, type Ledger } from '../../src/store/ledger.ts'
import { writeMarks } from '../../src/store/marks.ts'
import { Conflict } from '../../src/store/replace-file.ts'
import type { State } from '../../src/store/state.ts'
import { isSettled, settleCommit } from '../../src/store/transaction/commit.ts'
import { Overtaken } from '../../src/store/transaction/sequence.ts'
import { disk } from '../../src/store/disk.ts'

/** The last step of a task, as in the workflow: decide, commit, mark. It takes no lock, because the store has to be correct without one. */

const FEATURE = 'f'

export function placeAt(root: string): State {
  const local = `${root}/.redgreen/local`
  return { root, folder: `${root}/.redgreen`, local, shared: local }
}

/** A list of tasks, as a person wrote it. */
export function planOf(count: number): string {
  return Array.from({ length: count }, (_, index) => `- [ ] T${index + 1} do it\n`).join('')
}

interface Ways {
  leaseMinutes?: number
  /** Receives the number of the record with which a task was taken. */
  taken?: (task: string, token: number) => void
  /** A negative control. */
  noFence?: boolean
}

/** Takes a task, completes it and marks it; `undefined` if it is done already or somebody else has it. */
export function complete(
  state: State,
  task: string,
  by: Holder,
  { leaseMinutes = 30, taken: onTaken, noFence = false }: Ways = {},
): number | undefined {
  for (;;) {
    try {
      const ledger = repaired(state)
      if (tasksIn(ledger).includes(task)) return undefined
      const table = readLeases(state)
      const lease = activeLeases(table, FEATURE, readClocks()).get(task)
      if (lease && lease.holder.id !== by.id) return undefined
      const wanted = { feature: FEATURE, task, files: [], by, now: readClocks(), leaseMinutes }
      const taken = takeLeaseNow(state, wanted, table)
      onTaken?.(task, findLease(taken, FEATURE, task)?.token ?? 0)
      const decision = { feature: FEATURE, task, by, table: taken }
      const { commit } = appendEvents(state, FEATURE, [{ kind: 'resumed', task }], {
        by: by.id,
        after: ledger.commit,
        marks: task,
        ...(!noFence && { fence: (draft, put) => withFence(state, decision, draft, put) }),
      })
      mark(state, task, commit)
      settleCommit(state, FEATURE, commit)
      releaseLeaseNow(state, FEATURE, task, by)
      return commit
    } catch (error) {
      if (!(error instanceof Overtaken)) throw error
    }
  }
}

/** The repairs that every call begins with. */
export function repaired(state: State): Ledger {
  const ledger = finishLedger(state, FEATURE)
  if (ledger.unwritable !== undefined) throw ledger.unwritable
  for (const { marks, number } of ledger.unmarked) {
    if (marks !== undefined) mark(state, marks, number)
    syncFolder(state.root)
    settleCommit(state, FEATURE, number)
  }
  return ledger.unmarked.length > 0 ? finishLedger(state, FEATURE) : ledger
}

export function tasksIn({ events }: Ledger): string[] {
  return events.flatMap(event => ('task' in event ? [event.task] : []))
}

function mark(state: State, task: string, commit: number): void {
  for (;;) {
    if (isSettled(state, FEATURE, commit)) return
    const text = disk.read(`${state.root}/tasks.md`).toString('utf8')
    const start = text.indexOf(`[ ] ${task} `)
    if (start < 0) return
    const edit = { path: 'tasks.md', line: 1, start, end: start + 3, from: '[ ]', to: '[X]' }
    try {
      writeMarks({ root: state.root }, [edit])
      return
    } catch (error) {
      if (!(error instanceof Conflict)) throw error
    }
  }
}
