import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { cancellingGit } from '../../../../src/store/git-process.ts'
import { isExpired } from '../../../../src/store/leases/expiry.ts'
import { addition, linesOf, take } from './decisions.ts'
import { git, STATE, testRemote } from './remote.ts'

describe('a git remote as a store', () => {
  it('is empty before anybody wrote to it, and nothing is written by reading', async () => {
    const remote = testRemote()
    remote.push('one')
    const before = remote.references()
    const store = remote.open({ root: remote.clone() })
    expect(await store.leases()).toEqual({ number: 0, leases: {} })
    expect(await store.readSince('f', 0)).toEqual({ version: 0, commits: [] })
    expect(await store.features()).toEqual([])
    expect(remote.references()).toEqual(before)
  })

  it('gives other clones what one wrote, with the files beside the ledger', async () => {
    const remote = testRemote()
    const [mine, theirs] = [remote.open(), remote.open()]
    const attached = { 'ledger/f/lists/1.json': '["é\\n"]\n' }
    expect(await mine.append('f', addition('one', 0, { attached }))).toBe(1)
    expect(await theirs.append('f', addition('two', 1))).toBe(2)
    const { version, commits } = await mine.readSince('f', 0)
    expect({ version, commits }).toMatchObject({
      version: 2,
      commits: [{ lines: ['one'], attached }, { lines: ['two'] }],
    })
    expect((await theirs.readSince('f', 1)).commits).toEqual([commits[1]])
    expect(await theirs.features()).toEqual(['f'])
  })

  it('can be another repository, by its address', async () => {
    const [code, state] = [testRemote(), testRemote()]
    code.push('one')
    const root = code.clone('--depth', '1')
    const store = code.open({ root, remote: `file://${state.bare}` })
    await store.append('f', addition('one'))
    expect(await linesOf(state.open())).toEqual(['one'])
    expect(Object.keys(code.references())).toEqual(['refs/heads/main'])
  })

  it('keeps two projects apart', async () => {
    const remote = testRemote()
    const [one, other] = [remote.open(), remote.open({ project: 'O/P' })]
    await one.append('f', addition('one'))
    await other.append('f', addition('other'))
    await take(other, 'T1')
    expect([await linesOf(one), await linesOf(other)]).toEqual([['one'], ['other']])
    expect(await one.leases()).toEqual({ number: 0, leases: {} })
  })

  it.each([
    ['shallow', ['--depth', '1']],
    ['partial', ['--filter=blob:none']],
    ['mirrored', ['--mirror=push']],
  ])('works in a %s clone, whose own history stays as it is', async (kind, options) => {
    const remote = testRemote()
    remote.push('one', 'two', 'three')
    const before = remote.references()
    const root = kind === 'mirrored' ? remote.connected() : remote.clone(...options)
    if (kind === 'mirrored') {
      git(root, 'config', 'remote.origin.mirror', 'true')
      git(root, 'config', 'remote.origin.fetch', '+refs/*:refs/remotes/origin/*')
    }
    await remote.open().append('f', addition('one'))
    writeFileSync(path.join(root, 'b.txt'), 'not committed')
    const state = () => ({
      history: kind === 'mirrored' ? '' : git(root, 'log', '--format=%H'),
      branches: git(root, 'for-each-ref', 'refs/heads', 'refs/remotes', 'refs/tags'),
      status: git(root, 'status', '--porcelain'),
      files: readdirSync(path.join(root, '.git')).filter(name => name !== 'packed-refs'),
      shallow: git(root, 'rev-parse', '--is-shallow-repository'),
      config: readFileSync(path.join(root, '.git/config'), 'utf8'),
    })
    const here = state()
    const store = remote.open({ root })
    expect(await linesOf(store)).toEqual(['one'])
    expect(state()).toEqual(here)
    await take(store, 'T1')
    await store.append('f', addition('two', 1))
    expect(await linesOf(remote.open())).toEqual(['one', 'two'])
    // A push notes what it pushed, if the clone follows all references.
    const { branches } = kind === 'mirrored' ? state() : here
    expect(state()).toEqual({ ...here, branches })
    expect({ ...remote.references(), [STATE]: '' }).toEqual({ ...before, [STATE]: '' })
  })

  it('sends only what is new, however long the feature is', async () => {
    const remote = testRemote()
    const store = remote.open()
    const objects = () => Number(git(remote.bare, 'count-objects').split(' ')[0])
    await store.append('f', addition('0'))
    const sent: number[] = []
    for (let after = 1; after < 5; after += 1) {
      const before = objects()
      await store.append('f', addition(String(after), after))
      sent.push(objects() - before)
    }
    // The commit, the state, the lines, and the four folders above them.
    expect(sent).toEqual([7, 7, 7, 7])
  })

  it('lets a lease of another machine expire two minutes later, because clocks differ', () => {
    const { wall, up, machine, margin = 0 } = testRemote().open().clocks()
    const clocks = (seconds: number) => ({
      wall: new Date(wall.getTime() + seconds * 1000),
      up: up + seconds * 1000,
      machine,
      margin,
    })
    const theirs = { until: wall.toISOString(), machine: { id: 'other', until: up } }
    const ours = { ...theirs, machine: { id: machine ?? '', until: up } }
    expect([isExpired(theirs, clocks(119)), isExpired(theirs, clocks(120))]).toEqual([false, true])
    expect(isExpired(ours, clocks(0))).toBe(machine !== undefined)
  })

  it('asks the remote once for what a call reads at the same time', async () => {
    const remote = testRemote()
    const [mine, theirs] = [remote.open(), remote.open()]
    const call = new AbortController()
    await cancellingGit(call.signal, async () => {
      expect(await linesOf(mine)).toEqual([])
      await theirs.append('f', addition('theirs'))
      const clock = vi.spyOn(performance, 'now').mockReturnValue(0)
      onTestFinished(() => clock.mockRestore())
      expect(await linesOf(mine)).toEqual([])
      clock.mockReturnValue(Number.MAX_SAFE_INTEGER)
      expect(await linesOf(mine)).toEqual(['theirs'])
    })
    await theirs.append('f', addition('again', 1))
    // Another call.
    const next = cancellingGit(new AbortController().signal, () => linesOf(mine))
    expect(await next).toEqual(['theirs', 'again'])
  })

  it('asks the remote once in a turn', async () => {
    const remote = testRemote()
    const [mine, theirs] = [remote.open(), remote.open()]
    await mine.withTurn(async inTurn => {
      expect(await inTurn.leases()).toEqual({ number: 0, leases: {} })
      await theirs.append('f', addition('theirs'))
      expect(await linesOf(inTurn)).toEqual([])
      await expect(inTurn.append('f', addition('mine'))).rejects.toThrow('version 0')
      // Now it is known that there is something new.
      expect(await linesOf(inTurn)).toEqual(['theirs'])
    })
  })
})
