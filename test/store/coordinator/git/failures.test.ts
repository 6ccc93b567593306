import { execFileSync } from 'node:child_process'
import { chmodSync, existsSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { describe, expect, it, onTestFinished } from 'vitest'
import { StoreUnreachable } from '../../../../src/store/coordinator/coordinator.ts'
import { failureReason, isLocked } from '../../../../src/store/coordinator/git/failure-reason.ts'
import { openGit } from '../../../../src/store/coordinator/git/git-coordinator.ts'
import { EMPTY_STATE } from '../../../../src/store/coordinator/git/shared-state.ts'
import { writeCommit } from '../../../../src/store/coordinator/git/write-commit.ts'
import { makeProject } from '../../../kit/project.ts'
import { addition, linesOf } from './decisions.ts'
import { git, STATE, testRemote } from './remote.ts'

const TOKEN = 'ghp_0123456789abcdefghijklmnopqrstuvwxyz'

/** Why a store cannot be used. */
async function reason(work: Promise<unknown>): Promise<string> {
  const error: unknown = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  expect(error).toBeInstanceOf(StoreUnreachable)
  return error instanceof Error ? error.message : ''
}

/** The remote gets a state that another server could have written. */
async function wrote(root: string, state: object): Promise<void> {
  const commit = await writeCommit({ root }, '', { ...EMPTY_STATE, ...state }, {})
  git(root, 'push', '-q', 'origin', `+${commit}:${STATE}`)
}

describe('a git remote that cannot be used', () => {
  it('is unreachable with the reason', async () => {
    const remote = testRemote()
    const root = remote.connected()
    const store = remote.open({ root })
    await store.append('f', addition('one'))
    rmSync(remote.bare, { recursive: true })
    expect(await reason(store.leases())).toMatch(/does not appear to be a git repository$/)
    expect(await reason(store.append('f', addition('two', 1)))).toMatch(/does not appear/)
    expect(await reason(remote.open({ root, remote: 'nope' }).leases())).toBe(
      "'nope' does not appear to be a git repository",
    )
    const folder = makeProject({}, { git: false })
    expect(await reason(remote.open({ root: folder.root }).leases())).toMatch(
      /not a git repository/,
    )
  })

  it('says what its hook says when it refuses the reference, and keeps its state', async () => {
    const remote = testRemote()
    const store = remote.open()
    await store.append('f', addition('one'))
    remote.hook('pre-receive', 'echo "Only branches can be pushed" >&2\nexit 1')
    expect(await reason(store.append('f', addition('two', 1)))).toBe(
      'the remote refuses the reference: pre-receive hook declined: Only branches can be pushed',
    )
    expect(await linesOf(remote.open())).toEqual(['one'])
  })

  it('is unreachable if it answers too slowly', async () => {
    const remote = testRemote()
    const root = remote.connected()
    await remote.open({ root }).leases()
    remote.hook('pre-receive', 'sleep 600')
    const store = remote.open({ root, limitMs: 2500 })
    expect(await reason(store.append('f', addition('one')))).toBe(
      'the remote did not answer within 2.5 s',
    )
  })

  it.each(['origin', `http://user:${TOKEN}@127.0.0.1:1/o/p.git?private_token=${TOKEN}`])(
    'never shows a password of its address: %#',
    async name => {
      const remote = testRemote()
      const root = remote.connected()
      git(root, 'remote', 'set-url', 'origin', `http://${TOKEN}:x@127.0.0.1:1/o/p.git`)
      const message = await reason(openGit({ root, remote: name, project: 'p' }).leases())
      expect(message).toContain('unable to access')
      expect(message).not.toContain(TOKEN)
      expect(message).not.toContain('user')
    },
  )

  it.each([
    [
      'fatal: unable to access https://u:p@ss@h/x.git?token=t: x',
      'unable to access https://h/x.git x',
    ],
    [
      'warning: w\n!\ta:b\t[remote rejected] (hook declined)\nremote: see //u@h/x',
      'the remote refuses the reference: hook declined: see //h/x',
    ],
    ['', 'git failed'],
  ])('is described without passwords: %j', (printed, expected) => {
    expect(failureReason({ isDone: false, printed, ignored: [] })).toBe(expected)
  })

  it.each([
    "fatal: Unable to create '/c/.git/shallow.lock': File exists.",
    "error: cannot lock ref 'refs/redgreen-shared/p/state': is at 1 but expected 2",
    '!\ta:b\t[remote rejected] (failed to update ref)',
  ])('is asked again if another process has a lock: %s', printed => {
    expect(isLocked({ isDone: false, printed, ignored: [] })).toBe(true)
  })

  it('is not used while the clock of another machine that writes differs too much', async () => {
    const remote = testRemote()
    const root = remote.connected()
    const at = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString()
    const written = { machine: 'other', host: 'agent-7' }
    await wrote(root, { written: { ...written, at: at(0) } })
    const store = remote.open()
    await store.leases()
    for (const minutes of [60, -60]) {
      await wrote(root, { written: { ...written, at: at(minutes) } })
      expect(await reason(store.leases())).toMatch(
        /^the clock here and that of agent-7, .* differ by (59|60) minutes or more/,
      )
      // Nobody knows when that was written.
      expect(await remote.open().leases()).toEqual({ number: 0, leases: {} })
    }
    await wrote(root, { written: { ...written, at: at(1) } })
    expect(await store.leases()).toEqual({ number: 0, leases: {} })
  })

  it('is not used if a later version of the product or somebody else wrote to it', async () => {
    const remote = testRemote()
    remote.push('one')
    const root = remote.clone()
    await wrote(root, { format: 2 })
    expect(await reason(remote.open().leases())).toBe(`a later version of redgreen wrote ${STATE}`)
    git(root, 'push', '-q', 'origin', `+HEAD:${STATE}`)
    expect(await reason(remote.open().leases())).toBe(`${STATE} does not hold what redgreen writes`)
  })
})

describe.skipIf(process.platform === 'win32')('a clone whose configuration names programs', () => {
  function hostile() {
    const remote = testRemote()
    const root = remote.connected()
    const outside = makeProject({}, { git: false })
    const marker = path.join(outside.root, 'ran')
    const run = path.join(outside.root, 'run')
    outside.write('run', `#!/bin/sh\necho > '${marker}'\nexit 1\n`)
    chmodSync(run, 0o755)
    const home = process.env['HOME']
    process.env['HOME'] = outside.root
    onTestFinished(() => {
      process.env['HOME'] = home
    })
    const set = (name: string, value: string) => git(root, 'config', '--local', name, value)
    return { remote, root, run, set, outside, ran: () => existsSync(marker) }
  }

  it('starts no hook and no program for the other end', async () => {
    const { remote, root, run, set, ran } = hostile()
    set('core.hooksPath', 'hooks')
    for (const hook of ['pre-push', 'reference-transaction', 'post-index-change', 'pre-auto-gc']) {
      execFileSync('mkdir', ['-p', path.join(root, 'hooks')])
      execFileSync('ln', ['-s', run, path.join(root, 'hooks', hook)])
    }
    set('remote.origin.uploadpack', run)
    set('remote.origin.receivepack', run)
    set('push.gpgSign', 'true')
    set('gpg.program', run)
    set('core.alternateRefsCommand', run)
    const others = remote.clone()
    writeFileSync(path.join(root, '.git/objects/info/alternates'), `${others}/.git/objects\n`)
    await remote.open().append('f', addition('one'))
    const store = remote.open({ root })
    expect(await linesOf(store)).toEqual(['one'])
    await store.append('f', addition('two', 1))
    expect(await linesOf(remote.open())).toEqual(['one', 'two'])
    expect(ran()).toBe(false)
  })

  it.each([
    ['core.sshCommand', 'ssh://localhost:1/o/p.git', "core.sshcommand of the repository's own"],
    ['core.gitProxy', 'git://localhost:1/o/p.git', "core.gitproxy of the repository's own"],
    ['protocol.ext.allow', 'ext::run', "transport 'ext' not allowed"],
  ])('starts no program to connect: %s', async (name, url, message) => {
    const { remote, root, run, set, ran } = hostile()
    set(name, name.startsWith('core.') ? run : 'always')
    git(root, 'remote', 'set-url', 'origin', url.replace('run', run))
    expect(await reason(remote.open({ root }).leases())).toContain(message)
    expect(ran()).toBe(false)
  })

  it('refuses a remote that is a folder of the project, whose hooks would run here', async () => {
    const { remote, root } = hostile()
    git(root, 'init', '-q', '--bare', 'inside.git')
    for (const url of ['inside.git', `file://${root}/inside.git`, '.']) {
      git(root, 'remote', 'set-url', 'origin', url)
      expect(await reason(remote.open({ root }).leases())).toBe(
        'the remote is a folder of the project itself',
      )
    }
  })

  it('refuses a remote with several addresses', async () => {
    const { remote, root } = hostile()
    git(root, 'remote', 'set-url', '--add', '--push', 'origin', remote.bare)
    git(root, 'remote', 'set-url', '--add', '--push', 'origin', `${remote.bare}/`)
    expect(await reason(remote.open({ root }).leases())).toBe(
      'the remote has several addresses to push to',
    )
  })
})
