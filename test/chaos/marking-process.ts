import { existsSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { disk } from '../../src/store/disk.ts'
import { createHolder } from '../../src/store/leases/holder.ts'
import { Locked, lockTimes, withLock } from '../../src/store/lock.ts'
import { openWorkspace } from '../../src/store/workspace.ts'
import { stateOf } from '../../src/store/state.ts'
import { complete, repaired, tasksIn } from '../kit/marker.ts'

/**
 * A process that completes tasks until none is left: `node … ROOT NAME STALL_AT STALL_MS WHERE STALE_MS`. It prints each acknowledged
 * task on its own line. At its `STALL_AT`th write, or at its `STALL_AT`th decision if `WHERE` is `deciding`, it stops, including its
 * timers, for longer than a holder of the lock may be silent.
 */
const [, , root = '', name = '', stallAt = '0', stall = '0', where = '', stale = '10000'] =
  process.argv
Object.assign(lockTimes, { stale: Number(stale), refresh: Number(stale) / 5 })
let operations = 0
const workspace = openWorkspace(root)
if (!workspace) throw new Error(`There is no folder ${root}.`)
const state = stateOf(workspace)
const me = createHolder(name, name, process.pid)

// A negative control: everything else depends on this one property of `link`.
if (process.env['NO_FENCE']) {
  const { link: real, remove } = disk
  disk.link = (from, to) => {
    remove(to)
    real(from, to)
  }
}

const { link, rename, writeAt } = disk
Object.assign(disk, {
  link: (from: string, to: string) => {
    const isDecision = /commits.f.\d+$/.test(to)
    return where === 'deciding' && !isDecision ? link(from, to) : held(() => link(from, to), to)
  },
  rename: (from: string, to: string) =>
    where === 'deciding' ? rename(from, to) : held(() => rename(from, to)),
  writeAt: (handle: number, bytes: Uint8Array, at: number) =>
    where === 'deciding' ? writeAt(handle, bytes, at) : held(() => writeAt(handle, bytes, at)),
})

/** Suspends the process for the stall time; before a decision, only until another process has decided. */
function held<T>(work: () => T, number = ''): T {
  operations += 1
  if (operations === Number(stallAt)) {
    process.stdout.write('stall\n')
    const step = where === 'deciding' ? 50 : Number(stall)
    for (let slept = 0; slept < Number(stall); slept += step) {
      if (where === 'deciding' && existsSync(number)) break
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, step)
    }
  }
  return work()
}

/** Several suspended processes in a row can exceed the time-out of the lock. Then it tries again. */
async function patiently<T>(work: () => T): Promise<T> {
  for (;;) {
    try {
      return await withLock(state, work)
    } catch (error) {
      if (!(error instanceof Locked)) throw error
    }
  }
}

/** The first tasks without a mark. There are never more processes than these. */
function openTasks(): string[] {
  const text = disk.read(`${root}/tasks.md`).toString('utf8')
  return [...text.matchAll(/\[ \] (T\d+) /g)].slice(0, 20).map(([, id = '']) => id)
}

/** Completes a free task. `wait`: other processes hold all open ones; `over`: none is left. */
function completeOne(): { done: string } | 'wait' | 'over' {
  // A task that looks open may only lack its mark.
  const done = new Set(tasksIn(repaired(state)))
  const open = openTasks()
  // A save of the human may have removed a mark. A recorded task is not done again.
  for (const id of open.filter(id => !done.has(id)))
    if (complete(state, id, me) !== undefined) return { done: id }
  return open.every(id => done.has(id)) ? 'over' : 'wait'
}

for (;;) {
  const end = await patiently(completeOne)
  if (end === 'over') break
  if (end === 'wait') await pause(5)
  else process.stdout.write(`done ${end.done}\n`)
}
