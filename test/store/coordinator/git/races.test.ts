import { chmodSync, renameSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { describe, expect, it, onTestFinished } from 'vitest'
import { StoreUnreachable } from '../../../../src/store/coordinator/coordinator.ts'
import { cancellingGit } from '../../../../src/store/git-process.ts'
import { Overtaken } from '../../../../src/store/transaction/sequence.ts'
import { findProgram } from '../../../../src/runner/program.ts'
import { temporaryFolder } from '../../../kit/folder.ts'
import { addition, fence, linesOf, take, THEM } from './decisions.ts'
import { git, STATE, testRemote, type TestRemote } from './remote.ts'

/** The remote gets this state while it receives the next push, after the client has read the references. */
function meanwhile(remote: TestRemote, commit: string): void {
  const update = `env -u GIT_QUARANTINE_PATH -u GIT_OBJECT_DIRECTORY git update-ref ${STATE} ${commit}`
  remote.hook('pre-receive', `rm "$0"\n${update}`)
}

/** What another server pushed after this state; the remote has the state again. */
async function undone(remote: TestRemote, work: () => Promise<unknown>): Promise<string> {
  const before = remote.references()[STATE] ?? ''
  await work()
  const after = remote.references()[STATE] ?? ''
  git(remote.bare, 'update-ref', STATE, before)
  return after
}

/** Runs `script` instead of git, which finds the real one in `$GIT`. */
function replaceGit(script: string): void {
  const folder = temporaryFolder()
  const real = findProgram('git', folder) ?? ''
  const file = path.join(folder, 'git')
  writeFileSync(file, `#!/bin/sh\nGIT='${real}'\n${script}\nexec "$GIT" "$@"\n`)
  chmodSync(file, 0o755)
  const usual = process.env['PATH']
  process.env['PATH'] = `${folder}:${usual ?? ''}`
  onTestFinished(() => {
    process.env['PATH'] = usual
  })
}

/** The push arrives, and the connection ends before its answer. */
const CUT = (after: string) =>
  `case "$*" in *receive-pack*) "$GIT" "$@"; rm "$0"; ${after}; echo 'fatal: the remote end hung up unexpectedly' >&2; exit 128;; esac`

describe.skipIf(process.platform === 'win32')('two servers with one git remote', () => {
  it('cannot both decide about a task, also if it is taken while the decision is pushed', async () => {
    const remote = testRemote()
    const [mine, theirs] = [remote.open(), remote.open()]
    const table = await take(mine, 'T1')
    meanwhile(remote, await undone(remote, () => take(theirs, 'T1', THEM)))
    await expect(mine.append('f', addition('mine', 0, fence(table, 'T1')))).rejects.toThrow(
      Overtaken,
    )
    expect(await linesOf(theirs)).toEqual([])
  })

  it('can decide while the other takes another task', async () => {
    const remote = testRemote()
    const [mine, theirs] = [remote.open(), remote.open()]
    const table = await take(mine, 'T1')
    meanwhile(remote, await undone(remote, () => take(theirs, 'T2', THEM)))
    await mine.append('f', addition('mine', 0, fence(table, 'T1')))
    expect(await linesOf(theirs)).toEqual(['mine'])
    expect(Object.keys((await mine.leases()).leases)).toEqual(['f\nT1', 'f\nT2'])
  })

  it('cannot both take the leases from one state', async () => {
    const remote = testRemote()
    const [mine, theirs] = [remote.open(), remote.open()]
    const [table] = [await mine.leases(), await theirs.leases()]
    await take(theirs, 'T1', THEM)
    await expect(mine.changeLeases({ table, leases: {} })).rejects.toThrow(Overtaken)
    expect(Object.values((await mine.leases()).leases)).toMatchObject([{ holder: THEM }])
  })

  it('append once if the connection ends after the push', async () => {
    const remote = testRemote()
    const store = remote.open()
    await store.append('f', addition('one'))
    replaceGit(CUT(':'))
    expect(await store.append('f', addition('two', 1))).toBe(2)
    expect(await linesOf(remote.open())).toEqual(['one', 'two'])
  })

  it('append once if another server writes between the push and the end of the connection', async () => {
    const remote = testRemote()
    const store = remote.open()
    await store.append('f', addition('one'))
    // A commit that follows the one that was pushed, whatever it is.
    const follow = `cd '${remote.bare}'; "$GIT" update-ref ${STATE} $("$GIT" -c user.name=t -c user.email=t@localhost commit-tree -p ${STATE} -m x ${STATE}^{tree})`
    replaceGit(CUT(follow))
    expect(await store.append('f', addition('two', 1))).toBe(2)
    expect(await linesOf(remote.open())).toEqual(['one', 'two'])
  })

  it('say that the outcome is unknown if the remote cannot be read after the push, and then show it', async () => {
    const remote = testRemote()
    const store = remote.open()
    await store.append('f', addition('one'))
    replaceGit(CUT(`mv '${remote.bare}' '${remote.bare}.away'`))
    await expect(store.append('f', addition('two', 1))).rejects.toThrow(StoreUnreachable)
    await expect(store.readSince('f', 0)).rejects.toThrow(StoreUnreachable)
    renameSync(`${remote.bare}.away`, remote.bare)
    expect(await linesOf(store)).toEqual(['one', 'two'])
    await expect(store.append('f', addition('two', 1))).rejects.toThrow(Overtaken)
  })

  it('do not wait for each other if a call is cancelled', async () => {
    const remote = testRemote()
    const store = remote.open()
    const controller = new AbortController()
    const cancelled = cancellingGit(controller.signal, () => store.leases())
    const other = store.leases()
    const third = store.leases()
    controller.abort(new Error('cancelled by the test'))
    await expect(cancelled).rejects.toThrow('cancelled by the test')
    expect([await other, await third]).toEqual([
      { number: 0, leases: {} },
      { number: 0, leases: {} },
    ])
  })
})
