import {
  appendFileSync,
  cpSync,
  existsSync,
  readdirSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  readFileSync,
} from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { appendEvents, sealEvents } from '../../../src/store/append-events.ts'
import { StoreUnreachable, type Coordinator } from '../../../src/store/coordinator/coordinator.ts'
import { disk } from '../../../src/store/disk.ts'
import { filesCoordinator } from '../../../src/store/coordinator/files.ts'
import { withCloneHolders } from '../../../src/store/coordinator/clone-holders.ts'
import { Replica } from '../../../src/store/coordinator/replica.ts'
import { hasUnwrittenMarks } from '../../../src/store/coordinator/unwritten-marks.ts'
import { ledgerFolder } from '../../../src/store/ledger-folder.ts'
import { readLedger } from '../../../src/store/ledger.ts'
import { createHolder, isAlive } from '../../../src/store/leases/holder.ts'
import { takeLease } from '../../../src/store/leases/leases.ts'
import { withLock } from '../../../src/store/lock.ts'
import type { State } from '../../../src/store/state.ts'
import { Overtaken } from '../../../src/store/transaction/sequence.ts'
import { makeProject } from '../../kit/project.ts'
import { FEATURE, openProject, resumed } from '../../kit/store.ts'
import { MemoryProject } from './memory.ts'

interface Clone {
  state: State
  replica: Replica
}

/** The files of another workspace stand for the store: what a replica does is the same with each. */
function makeStore(): Coordinator {
  return filesCoordinator(openProject(makeProject({})).state)
}

function makeClone(store: Coordinator, clone: string, state = openProject(makeProject({})).state) {
  const host = `${os.hostname()} ${clone}`
  return {
    state,
    replica: new Replica(withCloneHolders(store, { host, name: clone }), {
      state,
      clone,
      label: '',
    }),
  }
}

function sealedIn({ state, replica }: Clone, task: string, marks?: string) {
  const { clone } = replica
  return sealEvents(state, FEATURE, [resumed(task)], { by: 'me', clone, marks }).commit
}

async function recordIn(clone: Clone, task: string, after?: number): Promise<void> {
  const { replica } = clone
  await replica.bringUpToDate(FEATURE)
  const commit = sealedIn(clone, task)
  await replica.append(FEATURE, { after: after ?? replica.versionHere(FEATURE), commit })
}

function tasksIn({ state }: Clone): string[] {
  return readLedger(state, FEATURE).events.flatMap(event => ('task' in event ? [event.task] : []))
}

describe('a clone of a shared store', () => {
  it('has the events of every clone, in one order, in a chain for each', async () => {
    const store = makeStore()
    const [one, two] = [makeClone(store, 'one'), makeClone(store, 'two')]
    await recordIn(one, 'T1')
    await recordIn(two, 'T2')
    await recordIn(one, 'T3')
    await two.replica.bringUpToDate(FEATURE)
    expect(tasksIn(one)).toEqual(['T1', 'T2', 'T3'])
    expect(tasksIn(two)).toEqual(['T1', 'T2', 'T3'])
    expect(readdirSync(ledgerFolder(two.state, FEATURE))).toHaveLength(2)
    const clones = readLedger(two.state, FEATURE).events.map(({ clone }) => clone)
    expect(clones).toEqual(['one', 'two', 'one'])
  })

  it('writes nothing if another clone recorded something first', async () => {
    const store = makeStore()
    const [one, two] = [makeClone(store, 'one'), makeClone(store, 'two')]
    await one.replica.bringUpToDate(FEATURE)
    const commit = sealedIn(one, 'T1', 'T1')
    await recordIn(two, 'T2')
    const late = one.replica.append(FEATURE, { after: 0, commit })
    await expect(late).rejects.toBeInstanceOf(Overtaken)
    expect(tasksIn(one)).toEqual([])
    expect(hasUnwrittenMarks(one.state, FEATURE, commit.tip)).toBe(false)
    await one.replica.bringUpToDate(FEATURE)
    expect(tasksIn(one)).toEqual(['T2'])
  })

  it('writes what it recorded before a crash, and has the marks to write, which no other clone has', async () => {
    const store = makeStore()
    const [one, two] = [await finishedBeforeCrash(store), makeClone(withMarks(store), 'two')]
    for (const clone of [one, two]) await clone.replica.bringUpToDate(FEATURE)
    expect([tasksIn(one), tasksIn(two)]).toEqual([['T1'], ['T1']])
    expect(unmarkedIn(one)).toEqual(['T1'])
    expect(unmarkedIn(two)).toEqual([])
    await makeClone(withMarks(store), 'one', one.state).replica.bringUpToDate(FEATURE)
    expect(unmarkedIn(one)).toEqual(['T1'])
  })

  it('has no marks to write on another branch than the one with the code', async () => {
    const one = await finishedBeforeCrash(makeStore())
    checkOut(one.state.root, 'other')
    await one.replica.bringUpToDate(FEATURE)
    expect([tasksIn(one), unmarkedIn(one)]).toEqual([['T1'], []])
  })

  it('does not wait for the disk to have what others recorded, and reads it again after a power failure', async () => {
    const store = makeStore()
    const [one, two] = [makeClone(store, 'one'), makeClone(store, 'two')]
    await recordIn(one, 'T1')
    // It makes the folders.
    await two.replica.bringUpToDate(FEATURE)
    await recordIn(one, 'T2')
    const sync = vi.spyOn(disk, 'sync')
    onTestFinished(() => sync.mockRestore())
    await two.replica.bringUpToDate(FEATURE)
    expect(sync).not.toHaveBeenCalled()
    await recordIn(two, 'T3')
    expect(sync).toHaveBeenCalled()
    const [file = ''] = readdirSync(ledgerFolder(one.state, FEATURE))
    const copy = path.join(ledgerFolder(two.state, FEATURE), file)
    truncateSync(copy, statSync(copy).size - 20)
    const restarted = makeClone(store, 'two', two.state)
    await restarted.replica.bringUpToDate(FEATURE)
    expect(tasksIn(restarted)).toEqual(['T1', 'T2', 'T3'])
    expect(readLedger(two.state, FEATURE).damage).toEqual([])
  })

  it('gives the store what it recorded before it was shared, when it decides something', async () => {
    const store = makeStore()
    const [one, two] = [makeClone(store, 'one'), makeClone(store, 'two')]
    appendEvents(one.state, FEATURE, [resumed('T1')], { by: 'me' })
    appendEvents(one.state, FEATURE, [resumed('T2')], { by: 'me' })
    await one.replica.bringUpToDate(FEATURE)
    await two.replica.bringUpToDate(FEATURE)
    expect(tasksIn(two)).toEqual([])
    await one.replica.withTurn(inTurn => inTurn.bringUpToDate(FEATURE))
    await recordIn(two, 'T3')
    await recordIn(one, 'T4')
    await two.replica.bringUpToDate(FEATURE)
    expect(tasksIn(two)).toEqual(['T1', 'T2', 'T3', 'T4'])
  })

  it('gives the store no lines that were added to its own chain by hand', async () => {
    const store = await new MemoryProject(() => 0).open()
    const [one, two] = [makeClone(store, 'one'), makeClone(store, 'two')]
    await recordIn(one, 'T1')
    const { file, lines } = sealedIn(one, 'T9')
    appendFileSync(path.join(ledgerFolder(one.state, FEATURE), file), `${lines[0]}\n`)
    expect(tasksIn(one)).toEqual(['T1', 'T9'])
    await one.replica.withTurn(inTurn => inTurn.bringUpToDate(FEATURE))
    await recordIn(one, 'T2')
    await two.replica.bringUpToDate(FEATURE)
    expect(tasksIn(two)).toEqual(['T1', 'T2'])
  })

  it('needs no lock to find that nothing is new', async () => {
    const store = makeStore()
    const one = makeClone(store, 'one')
    await recordIn(one, 'T1')
    await withLock(one.state, () => one.replica.bringUpToDate(FEATURE))
    expect(tasksIn(one)).toEqual(['T1'])
  })

  it('gives the store no lines that somebody else put into its branch', async () => {
    const store = makeStore()
    const [one, two] = [makeClone(store, 'one'), makeClone(makeStore(), 'two')]
    await recordIn(two, 'T9')
    cpSync(two.state.folder, one.state.folder, { recursive: true })
    await one.replica.withTurn(inTurn => inTurn.bringUpToDate(FEATURE))
    expect((await store.readSince(FEATURE, 0)).commits).toEqual([])
  })

  it('writes the ledger again after it was removed, as a branch without it does', async () => {
    const store = makeStore()
    const one = makeClone(store, 'one')
    await recordIn(one, 'T1')
    await recordIn(one, 'T2')
    rmSync(ledgerFolder(one.state, FEATURE), { recursive: true })
    await one.replica.bringUpToDate(FEATURE)
    expect(tasksIn(one)).toEqual(['T1', 'T2'])
    await recordIn(one, 'T3')
    expect(tasksIn(one)).toEqual(['T1', 'T2', 'T3'])
    expect(readLedger(one.state, FEATURE).damage).toEqual([])
  })

  it('has both continuations of a chain that a copy of it went on with', async () => {
    const store = makeStore()
    const one = makeClone(store, 'one')
    await recordIn(one, 'T1')
    const copied = makeProject({})
    cpSync(one.state.root, copied.root, { recursive: true })
    const copy = makeClone(store, 'two', openProject(copied).state)
    appendEvents(copy.state, FEATURE, [resumed('T3')], { by: 'me' })
    await recordIn(one, 'T2')
    await recordIn(copy, 'T4')
    await one.replica.bringUpToDate(FEATURE)
    expect(tasksIn(copy).toSorted()).toEqual(['T1', 'T2', 'T3', 'T4'])
    // The copy recorded T3 without the store, on a chain that belongs to the other clone.
    expect(tasksIn(one)).toEqual(['T1', 'T2', 'T4'])
    const damage = [one, copy].map(({ state }) => readLedger(state, FEATURE).damage)
    expect(damage).toEqual([[], []])
  })

  it('does not believe a store whose lines do not verify', async () => {
    const store = makeStore()
    const [one, two] = [makeClone(store, 'one'), makeClone(store, 'two')]
    await recordIn(one, 'T1')
    const lying: Coordinator = {
      ...store,
      readSince: async (feature, version) => {
        const added = await store.readSince(feature, version)
        const commits = added.commits.map(commit => ({
          ...commit,
          lines: commit.lines.map(line => line.replace('"T1"', '"T9"')),
        }))
        return { ...added, commits }
      },
    }
    await makeClone(lying, 'two', two.state).replica.bringUpToDate(FEATURE)
    expect(tasksIn(two)).toEqual([])
    expect(existsSync(ledgerFolder(two.state, FEATURE))).toBe(false)
  })

  it('sees whether a process of its own is alive, and waits for the lease of any other', async () => {
    const store = makeStore()
    const [one, two] = [makeClone(store, 'one'), makeClone(store, 'two')]
    const dead = { ...createHolder('gone', 'gone', process.pid), pid: 999_999_999 }
    const now = store.clocks()
    const request = { feature: FEATURE, task: 'T1', files: [], by: dead, now, leaseMinutes: 30 }
    await takeLease(one.replica, await one.replica.leases(), request)
    const holders = async ({ replica }: Clone) =>
      Object.values((await replica.leases()).leases).map(({ holder }) => isAlive(holder))
    expect(await holders(one)).toEqual([false])
    expect(await holders(two)).toEqual([true])
  })

  it('does not take a holder of another clone for its own, whatever their terminals are called', async () => {
    const store = makeStore()
    const [one, two] = [makeClone(store, 'one'), makeClone(store, 'two')]
    const by = createHolder('root:1', 'root (terminal, process 1)', process.pid)
    const now = store.clocks()
    const request = { feature: FEATURE, task: 'T1', files: [], by, now, leaseMinutes: 30 }
    const before = await two.replica.leases()
    await takeLease(one.replica, before, request)
    const ids = async ({ replica }: Clone) =>
      Object.values((await replica.leases()).leases).map(({ holder }) => holder.id)
    expect(await ids(one)).toEqual(['root:1'])
    expect(await ids(two)).toEqual(['root:1@one'])
    // Nor may it record anything with leases that it read before.
    const fence = { feature: FEATURE, task: 'T1', by, table: before }
    const late = two.replica.append(FEATURE, { after: 0, commit: sealedIn(two, 'T1'), fence })
    await expect(late).rejects.toBeInstanceOf(Overtaken)
    const own = { ...fence, table: await one.replica.leases() }
    await one.replica.append(FEATURE, { after: 0, commit: sealedIn(one, 'T1'), fence: own })
  })

  it('starts a chain of its own after one that forked', async () => {
    const one = makeClone(makeStore(), 'one')
    appendEvents(one.state, FEATURE, [resumed('T1')], { by: 'me' })
    const [name = ''] = readdirSync(ledgerFolder(one.state, FEATURE))
    const file = path.join(ledgerFolder(one.state, FEATURE), name)
    const { commit: theirs } = sealEvents(one.state, FEATURE, [resumed('T2')], { by: 'other' })
    appendEvents(one.state, FEATURE, [resumed('T3')], { by: 'me' })
    // Git merges the lines of both, the last one of this clone at the end.
    const [first = '', last = ''] = readFileSync(file, 'utf8').split('\n')
    writeFileSync(file, [first, ...theirs.lines, last, ''].join('\n'))
    expect(tasksIn(one).toSorted()).toEqual(['T1', 'T2', 'T3'])
    expect(sealedIn(one, 'T4').file).not.toBe(name)
  })

  it('writes no line whose line before is not here', async () => {
    const store = makeStore()
    const [one, two] = [makeClone(store, 'one'), makeClone(store, 'two')]
    await recordIn(one, 'T1')
    const second = sealedIn(one, 'T2')
    const readSince = () => Promise.resolve({ version: 2, commits: [second] })
    await makeClone({ ...store, readSince }, 'two', two.state).replica.bringUpToDate(FEATURE)
    expect([tasksIn(two), readLedger(two.state, FEATURE).damage]).toEqual([[], []])
  })

  it('does not know whether a step was recorded only if the store failed after it was asked', async () => {
    const store = makeStore()
    const fail = () => Promise.reject(new StoreUnreachable('it is down'))
    const failing = (part: Partial<Coordinator>): Coordinator => ({
      ...store,
      withTurn: work => work({ ...store, ...part }),
    })
    const late = makeClone(failing({ append: fail }), 'one')
    const early = makeClone(failing({ readSince: fail }), 'two')
    const append = late.replica.withTurn(turn =>
      turn.append(FEATURE, { after: 0, commit: sealedIn(late, 'T1') }),
    )
    await expect(append).rejects.toMatchObject({ isUncertain: true })
    const read = early.replica.withTurn(turn => turn.bringUpToDate(FEATURE))
    await expect(read).rejects.toMatchObject({ isUncertain: false })
  })
})

/** A clone that was killed after the store had decided and before it could write anything. */
async function finishedBeforeCrash(store: Coordinator): Promise<Clone> {
  const project = makeProject({})
  checkOut(project.root, 'work')
  const { state } = openProject(project)
  const killed = () => Promise.reject(new Error('killed'))
  const append: Coordinator['append'] = (...decision) => store.append(...decision).then(killed)
  const before = makeClone({ ...store, append }, 'one', state)
  const late = before.replica.append(FEATURE, { after: 0, commit: sealedIn(before, 'T1', 'T1') })
  await expect(late).rejects.toThrow('killed')
  return makeClone(withMarks(store), 'one', state)
}

/** The files of a clone do not keep decisions apart, as the stores that clones share do. */
function withMarks(store: Coordinator): Coordinator {
  const readSince: Coordinator['readSince'] = async (feature, version) => {
    const added = await store.readSince(feature, version)
    return { ...added, commits: added.commits.map(commit => ({ ...commit, marks: 'T1' })) }
  }
  return { ...store, readSince }
}

function unmarkedIn({ state }: Clone): (string | undefined)[] {
  return readLedger(state, FEATURE).unmarked.map(({ marks }) => marks)
}

function checkOut(root: string, branch: string): void {
  writeFileSync(path.join(root, '.git', 'HEAD'), `ref: refs/heads/${branch}\n`)
}
