import { disk } from '../../src/store/disk.ts'
import { holderOf } from '../../src/store/holder.ts'
import { Locked, withLock } from '../../src/store/lock.ts'
import { openWorkspace } from '../../src/store/workspace.ts'
import { stateOf } from '../../src/store/state.ts'
import { complete, repaired, tasksIn } from '../kit/marker.ts'

/**
 * A process that completes tasks until none is left: `node … ROOT NAME STALL_AT STALL_MS`. Each that was acknowledged
 * is told on a line of its own. At its `STALL_AT`th writing operation it stands still, with its timers, for longer than
 * the lock's holder may be silent.
 */
const [, , root = '', name = '', stallAt = '0', stall = '0'] = process.argv
let operations = 0
const workspace = openWorkspace(root)
if (!workspace) throw new Error(`There is no folder ${root}.`)
const state = stateOf(workspace)
const me = holderOf(name, name, process.pid)

// A negative control: without this one property of `link`, nothing else would hold.
if (process.env['NO_FENCE']) {
  const { link: real, remove } = disk
  disk.link = (from, to) => {
    remove(to)
    real(from, to)
  }
}

const { link, rename, writeAt } = disk
Object.assign(disk, {
  link: (from: string, to: string) => held(() => link(from, to)),
  rename: (from: string, to: string) => held(() => rename(from, to)),
  writeAt: (handle: number, bytes: Uint8Array, at: number) =>
    held(() => writeAt(handle, bytes, at)),
})

function held<T>(work: () => T): T {
  operations += 1
  if (operations === Number(stallAt)) {
    process.stdout.write('stall\n')
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, Number(stall))
  }
  return work()
}

/** Several sleepers in a row may outlast anybody's patience; then it is said, and asked again. */
async function patiently<T>(work: () => T): Promise<T> {
  for (;;) {
    try {
      return await withLock(state, work)
    } catch (error) {
      if (!(error instanceof Locked)) throw error
    }
  }
}

/** Tasks that were done and are open again all the same: a person's save took their marks away. */
const skipped = new Set<string>()

function skip(id: string): 'again' {
  skipped.add(id)
  return 'again'
}

function openTask(): string | undefined {
  const text = disk.read(`${root}/tasks.md`).toString('utf8')
  const open = [...text.matchAll(/\[ \] (T\d+) /g)].map(([, id = '']) => id)
  return open.find(id => !skipped.has(id))
}

for (;;) {
  const task = await patiently(() => {
    const id = openTask()
    // What looks open may only lack its mark.
    if (id !== undefined && tasksIn(repaired(state)).includes(id))
      return openTask() === id ? skip(id) : 'again'
    return id !== undefined && complete(state, id, me) !== undefined ? id : (id ?? '') && 'again'
  })
  if (task === undefined || task === '') break
  if (task !== 'again') process.stdout.write(`done ${task}\n`)
}
