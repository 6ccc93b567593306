import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  existsSync,
  lstatSync,
  statSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { randomBytes } from 'node:crypto'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { openCheckout } from '../../src/store/checkout/checkout.ts'
import {
  storeTreeInGit,
  FilesChanged,
  prepareSnapshot,
  readSnapshot,
} from '../../src/store/snapshot.ts'
import { REFERENCES } from '../../src/store/snapshot-references.ts'
import { stateOf } from '../../src/store/state.ts'
import { takeTree } from '../../src/store/tree.ts'
import { openWorkspace } from '../../src/store/workspace.ts'
import { canMount } from '../kit/mounts.ts'
import { makeProject, type Project } from '../kit/project.ts'

const PURPOSE = { feature: '001-stack', task: 'T001', step: 'start' }

function placeOf(root: string) {
  const workspace = openWorkspace(root)
  if (!workspace) throw new Error('no workspace')
  return { workspace, state: stateOf(workspace) }
}

async function keep(root: string, purpose = PURPOSE) {
  const place = placeOf(root)
  const tree = await takeTree(place.workspace)
  const kept = await storeTreeInGit(place, tree, purpose)
  return { place, tree, kept, snapshot: 'snapshot' in kept ? kept.snapshot : '' }
}

const run = (root: string, ...args: string[]) =>
  execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', ...args], {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  })

function committed(files: Record<string, string>): Project {
  const project = makeProject(files)
  run(project.root, 'add', '-A')
  run(project.root, 'commit', '-qm', 'begin')
  return project
}

describe('a snapshot', () => {
  it('keeps every byte of what git does not ignore, and nothing else', async () => {
    const project = committed({ 'a.txt': 'one\r\n', '.gitignore': 'secret\n', secret: 's' })
    project.write('b "quoted"\n.txt', 'new\n')
    project.write('a.txt', 'two\r\n')
    project.write('.redgreen/ledger/x.jsonl', '{}')
    const { place, tree, snapshot } = await keep(project.root)
    expect(await readSnapshot(place.workspace, snapshot)).toEqual({
      hash: tree.hash,
      files: tree.files,
    })
    expect(Object.keys(tree.files)).toEqual(['.gitignore', 'a.txt', 'b "quoted"\n.txt'])
    const checkout = await openCheckout(place.workspace, { snapshot, tree: tree.hash })
    expect(readFileSync(path.join(checkout?.root ?? '', 'a.txt'), 'utf8')).toBe('two\r\n')
    expect(existsSync(path.join(checkout?.root ?? '', 'secret'))).toBe(true)
    await checkout?.close()
    expect(existsSync(checkout?.root ?? '')).toBe(false)
  })

  it('is stored as a difference to the previous one, whatever happened in between', async () => {
    const project = committed({ 'a.txt': '1', 'src/b.txt': '2' })
    await keep(project.root)
    project.write('src/c.txt', '3')
    project.remove('a.txt')
    const second = await keep(project.root, { ...PURPOSE, step: 'red' })
    expect(await readSnapshot(second.place.workspace, second.snapshot)).toMatchObject({
      hash: second.tree.hash,
    })
    expect(run(project.root, 'ls-tree', '-r', '--name-only', second.snapshot)).toBe(
      'src/b.txt\nsrc/c.txt\n',
    )
  })

  it('keeps links as links and programs as programs', async () => {
    const project = committed({ 'run.sh': '#!/bin/sh\n' })
    chmodSync(path.join(project.root, 'run.sh'), 0o755)
    project.write('bin/go.sh', '#!/bin/sh\n')
    chmodSync(path.join(project.root, 'bin/go.sh'), 0o755)
    symlinkSync('run.sh', path.join(project.root, 'link'))
    const { snapshot } = await keep(project.root)
    const listed = run(project.root, 'ls-tree', '-r', snapshot)
    expect(listed).toMatch(/^100755 .*bin\/go\.sh$/m)
    expect(listed).toMatch(/^120000 .*link$/m)
  })

  it('leaves index, status, branches, stash, reflog and hooks as they are', async () => {
    const project = committed({ 'a.txt': 'one', 'b.txt': 'two' })
    project.write('a.txt', 'staged')
    run(project.root, 'add', 'a.txt')
    project.write('a.txt', 'stashed')
    run(project.root, 'stash')
    project.write('b.txt', 'changed')
    const called = path.join(project.root, '.git/called')
    for (const hook of [
      'reference-transaction',
      'post-index-change',
      'pre-commit',
      'post-commit',
    ]) {
      const file = path.join(project.root, '.git/hooks', hook)
      writeFileSync(file, `#!/bin/sh\necho ${hook} >> ${called}\n`, { mode: 0o755 })
    }
    run(project.root, 'config', 'filter.spy.clean', `sh -c 'echo filter >> ${called}; cat'`)
    run(project.root, 'config', 'filter.spy.smudge', `sh -c 'echo filter >> ${called}; cat'`)
    run(project.root, 'config', 'core.logAllRefUpdates', 'always')
    project.write('.git/info/attributes', '* filter=spy\n')
    const watcher = path.join(project.root, '.git/watcher')
    writeFileSync(watcher, `#!/bin/sh\necho fsmonitor >> ${called}\n`, { mode: 0o755 })
    run(project.root, 'config', 'core.fsmonitor', watcher)
    const look = () => ({
      index: readFileSync(path.join(project.root, '.git/index'), 'hex'),
      heads: run(
        project.root,
        '-c',
        'core.fsmonitor=false',
        'for-each-ref',
        'refs/heads',
        'refs/stash',
      ),
      stash: run(project.root, 'stash', 'list'),
      reflog: run(project.root, 'reflog'),
      logs: readdirSync(path.join(project.root, '.git/logs/refs')),
    })
    const before = look()
    rmSync(called, { force: true })
    const { place, snapshot, tree } = await keep(project.root)
    const checkout = await openCheckout(place.workspace, { snapshot, tree: tree.hash })
    expect(existsSync(called)).toBe(false)
    expect(look()).toEqual(before)
    expect(readFileSync(path.join(checkout?.root ?? '', 'b.txt'), 'utf8')).toBe('changed')
    await checkout?.close()
  })

  it('survives a collection of garbage', async () => {
    const project = committed({ 'a.txt': 'one' })
    project.write('a.txt', 'two')
    const { place, snapshot, tree } = await keep(project.root)
    run(project.root, 'gc', '-q', '--prune=now')
    expect(await readSnapshot(place.workspace, snapshot)).toMatchObject({ hash: tree.hash })
  })

  it('is taken anew when git has lost the one before it', async () => {
    const project = committed({ 'a.txt': 'one' })
    project.write('a.txt', 'two')
    const first = await keep(project.root)
    const names = run(project.root, 'for-each-ref', '--format=%(refname)', REFERENCES)
    for (const name of names.split('\n').filter(name => name !== ''))
      run(project.root, 'update-ref', '-d', name)
    run(project.root, 'gc', '-q', '--prune=now')
    expect(await readSnapshot(first.place.workspace, first.snapshot)).toBeUndefined()
    project.write('a.txt', 'three')
    const { place, snapshot, tree } = await keep(project.root)
    expect(await readSnapshot(place.workspace, snapshot)).toMatchObject({ hash: tree.hash })
  })

  it('has one name in two clones that keep the same files', async () => {
    const one = committed({ 'a.txt': 'one' })
    const two = makeProject({ 'a.txt': 'one' })
    await keep(one.root)
    await keep(two.root)
    const references = (root: string) => run(root, 'for-each-ref', REFERENCES)
    expect(references(one.root)).toContain(`${REFERENCES}/001-stack/T001/start-`)
    expect(references(one.root)).toBe(references(two.root))
  })

  it('takes a task of any name', async () => {
    const project = committed({ 'a.txt': 'one' })
    for (const task of ['T031#2', '2.3', '..', 'a b', 'x.lock', '@{', 'Ünï/ç:*?[~^\\']) {
      expect((await keep(project.root, { ...PURPOSE, task })).kept).toHaveProperty('snapshot')
    }
  })

  it('that was prepared is kept without looking at the files again, and has no reference before', async () => {
    const project = makeProject({ 'a.js': '1', 'b.js': '2' })
    const place = placeOf(project.root)
    const tree = await takeTree(place.workspace)
    await prepareSnapshot(place, tree)
    expect(run(project.root, 'for-each-ref')).toBe('')
    project.write('a.js', 'changed since')
    const kept = await storeTreeInGit(place, tree, PURPOSE)
    const snapshot = 'snapshot' in kept ? kept.snapshot : ''
    expect((await readSnapshot(place.workspace, snapshot))?.hash).toBe(tree.hash)
  })

  it('is of no file that changes while it is kept, and leaves no litter', async () => {
    const project = committed({ 'a.txt': 'one' })
    const place = placeOf(project.root)
    project.write('a.txt', 'two')
    const tree = await takeTree(place.workspace)
    project.write('a.txt', 'three')
    await expect(storeTreeInGit(place, tree, PURPOSE)).rejects.toThrow(FilesChanged)
    expect(readdirSync(path.join(project.root, '.git')).filter(n => n.includes('crash'))).toEqual(
      [],
    )
  })

  it('is not believed when what git has is something else', async () => {
    const project = committed({ 'a.txt': 'one' })
    const first = await keep(project.root)
    project.write('a.txt', 'two')
    const second = await keep(project.root)
    const { workspace } = first.place
    const wrong = { snapshot: second.snapshot, tree: first.tree.hash }
    expect(await openCheckout(workspace, wrong)).toBeUndefined()
    const none = { snapshot: '0'.repeat(40), tree: first.tree.hash }
    expect(await openCheckout(workspace, none)).toBeUndefined()
  })
})

describe('a snapshot is kept', () => {
  it('before the first commit, and with a detached head', async () => {
    const unborn = makeProject({ 'a.txt': 'one' })
    expect((await keep(unborn.root)).kept).toHaveProperty('snapshot')
    const detached = committed({ 'a.txt': 'one' })
    run(detached.root, 'checkout', '-q', '--detach')
    expect((await keep(detached.root)).kept).toHaveProperty('snapshot')
  })

  it('in a shallow clone, in a worktree, and in a folder of a repository', async () => {
    const origin = committed({ 'a.txt': 'one', 'pkg/b.txt': 'two' })
    const loadFailure = path.join(makeProject({}, { git: false }).root, 'clone')
    execFileSync('git', ['clone', '-q', '--depth=1', `file://${origin.root}`, loadFailure])
    expect((await keep(loadFailure)).kept).toHaveProperty('snapshot')
    const worktree = path.join(makeProject({}, { git: false }).root, 'tree')
    run(origin.root, 'worktree', 'add', '-q', worktree)
    expect((await keep(worktree)).kept).toHaveProperty('snapshot')
    const part = await keep(path.join(origin.root, 'pkg'))
    expect(part.tree.files).toHaveProperty(['b.txt'])
    expect(await readSnapshot(part.place.workspace, part.snapshot)).toMatchObject({
      hash: part.tree.hash,
    })
  })

  it('beside another repository that lies in it, without its files', async () => {
    const project = committed({ 'a.txt': 'one' })
    const inner = committed({ 'x.txt': 'inner' })
    run(
      project.root,
      '-c',
      'protocol.file.allow=always',
      'submodule',
      '-q',
      'add',
      inner.root,
      'sub',
    )
    run(project.root, 'commit', '-qm', 'sub')
    const { kept, tree, place, snapshot } = await keep(project.root)
    expect(kept).toHaveProperty('snapshot')
    expect(Object.keys(tree.files)).not.toContain('sub/x.txt')
    expect(await readSnapshot(place.workspace, snapshot)).toMatchObject({ hash: tree.hash })
  })

  it('beside a bare repository', async () => {
    const project = committed({ 'a.txt': 'one' })
    run(project.root, 'config', 'core.bare', 'true')
    expect((await keep(project.root)).kept).toHaveProperty('snapshot')
  })

  it('nowhere where there is no repository, and it says so', async () => {
    const { kept, tree } = await keep(makeProject({ 'a.txt': 'one' }, { git: false }).root)
    expect(kept).toEqual({ missing: expect.stringContaining('no git repository') })
    expect(tree.files).toHaveProperty(['a.txt'])
  })

  it('not in a repository that git does not trust, and it says so', async () => {
    const project = committed({ 'a.txt': 'one' })
    run(project.root, 'config', 'core.repositoryFormatVersion', '99')
    expect((await keep(project.root)).kept).toEqual({
      missing: expect.stringMatching(/git does not look at it: .*version/i),
    })
  })

  it.skipIf(process.getuid?.() !== 0)(
    'not in a repository of another user, and it says so',
    async () => {
      const project = committed({ 'a.txt': 'one' })
      for (const place of [project.root, path.join(project.root, '.git')])
        chownSync(place, 65534, 65534)
      const trusted = process.env['HOME']
      process.env['HOME'] = project.root
      try {
        expect((await keep(project.root)).kept).toEqual({
          missing: expect.stringMatching(/dubious ownership/),
        })
      } finally {
        process.env['HOME'] = trusted
      }
    },
  )

  it.skipIf(!canMount())('not on a full disk, with a message; with free space it is', async () => {
    const { root } = makeProject({}, { git: false })
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=4m', 'tmpfs', root])
    try {
      run(root, 'init', '-q')
      writeFileSync(path.join(root, 'big.bin'), randomBytes(900_000))
      writeFileSync(path.join(root, 'filler'), randomBytes(2_400_000))
      writeFileSync(path.join(root, '.gitignore'), 'filler\n')
      expect((await keep(root)).kept).toEqual({ missing: expect.stringMatching(/git keeps no/) })
      rmSync(path.join(root, 'filler'))
      expect((await keep(root)).kept).toHaveProperty('snapshot')
    } finally {
      execFileSync('umount', [root])
    }
  })
})

describe('a temporary checkout', () => {
  it('links the dependencies of the workspace, and packages of the workspace point into the checkout', async () => {
    const project = committed({
      '.gitignore': 'node_modules\ndist\n.env\n',
      'packages/b/i.js': '1',
    })
    project.write('node_modules/left/index.js', 'left')
    project.write('node_modules/@scope/right/index.js', 'right')
    symlinkSync('../../packages/b', path.join(project.root, 'node_modules/@scope/b'))
    project.write('dist/out.js', 'built')
    project.write('.env', 'A=1')
    const { place, snapshot, tree } = await keep(project.root)
    project.write('packages/b/i.js', '2')
    const checkout = await openCheckout(place.workspace, { snapshot, tree: tree.hash })
    const read = (file: string) => readFileSync(path.join(checkout?.root ?? '', file), 'utf8')
    expect(read('node_modules/left/index.js')).toBe('left')
    expect(read('node_modules/@scope/right/index.js')).toBe('right')
    expect(read('node_modules/@scope/b/i.js')).toBe('1')
    expect(read('.env')).toBe('A=1')
    expect(existsSync(path.join(checkout?.root ?? '', 'dist'))).toBe(false)
    await checkout?.close()
    expect(existsSync(path.join(project.root, 'node_modules/left/index.js'))).toBe(true)
  })

  it('has what is installed above the workspace, as in a monorepo', async () => {
    const project = committed({ '.gitignore': 'node_modules\n', 'apps/web/a.js': '1' })
    project.write('node_modules/up/index.js', 'up')
    const { place, snapshot, tree } = await keep(path.join(project.root, 'apps/web'))
    const checkout = await openCheckout(place.workspace, { snapshot, tree: tree.hash })
    const up = path.join(checkout?.root ?? '', '../../node_modules/up/index.js')
    expect(readFileSync(up, 'utf8')).toBe('up')
    await checkout?.close()
  })

  it('has what lies beside and above a package of a monorepo', async () => {
    const files = { 'tsconfig.base.json': '{}', 'apps/web/a.js': '1', 'libs/b/i.js': '1' }
    const project = committed(files)
    const { place, snapshot, tree } = await keep(path.join(project.root, 'apps/web'))
    const checkout = await openCheckout(place.workspace, { snapshot, tree: tree.hash })
    const root = checkout?.root ?? ''
    expect(readFileSync(path.join(root, '../../tsconfig.base.json'), 'utf8')).toBe('{}')
    expect(readFileSync(path.join(root, '../../libs/b/i.js'), 'utf8')).toBe('1')
    await checkout?.close()
    expect(project.read('libs/b/i.js')).toBe('1')
  })

  it('keeps programs executable and links as links, also those of the overlay', async () => {
    const project = committed({ 'a.txt': '1' })
    const { place, snapshot, tree } = await keep(project.root)
    project.write('test/run.sh', '#!/bin/sh\n')
    chmodSync(path.join(project.root, 'test/run.sh'), 0o755)
    symlinkSync('run.sh', path.join(project.root, 'test/link'))
    const now = await takeTree(place.workspace)
    const request = { snapshot, tree: tree.hash, overlay: () => true, now }
    const checkout = await openCheckout(place.workspace, request)
    const root = checkout?.root ?? ''
    expect(statSync(path.join(root, 'test/run.sh')).mode & 0o111).toBe(0o111)
    expect(lstatSync(path.join(root, 'test/link')).isSymbolicLink()).toBe(true)
    expect(checkout?.tree.hash).toBe(now.hash)
    await checkout?.close()
  })

  it('is not written through links that lead out of it', async () => {
    const outside = makeProject({ 'a.rs': 'precious', 'sub/b.rs': 'precious' }, { git: false })
    const project = committed({ 'c.rs': 'then', 'empty.rs': 'then' })
    symlinkSync(path.join(outside.root, 'a.rs'), path.join(project.root, 'a.rs'))
    symlinkSync(path.join(outside.root, 'sub'), path.join(project.root, 'sub'))
    const { place, snapshot, tree } = await keep(project.root)
    project.remove('a.rs')
    project.remove('sub')
    for (const file of ['a.rs', 'sub/b.rs', 'c.rs']) project.write(file, 'now')
    project.write('empty.rs', '')
    project.write('new.rs', '')
    const now = await takeTree(place.workspace)
    const overlay = (file: string) =>
      file.endsWith('.rs') && ((then: string, now: string) => (now === '' ? '' : `${then}+${now}`))
    const checkout = await openCheckout(place.workspace, {
      snapshot,
      tree: tree.hash,
      overlay,
      now,
    })
    const root = checkout?.root ?? ''
    const read = (file: string) => readFileSync(path.join(root, file), 'utf8')
    // Where one of the two is no plain file there is nothing to make of them.
    expect(['a.rs', 'sub/b.rs', 'c.rs'].map(read)).toEqual(['now', 'now', 'then+now'])
    expect(read('empty.rs')).toBe('')
    expect(existsSync(path.join(root, 'new.rs'))).toBe(false)
    expect([outside.read('a.rs'), outside.read('sub/b.rs')]).toEqual(['precious', 'precious'])
    expect(checkout?.tree.files).not.toHaveProperty('sub')
    await checkout?.close()
  })

  it('has some files as they are now, and others as they were', async () => {
    const project = committed({ 'src/a.js': 'then', 'test/a.js': 'then', 'test/b.js': 'then' })
    const { place, snapshot, tree } = await keep(project.root)
    project.write('src/a.js', 'now')
    project.write('test/a.js', 'now')
    project.write('test/c.js', 'now')
    project.remove('test/b.js')
    const now = await takeTree(place.workspace)
    const overlay = (file: string) => file.startsWith('test/')
    const checkout = await openCheckout(place.workspace, {
      snapshot,
      tree: tree.hash,
      overlay,
      now,
    })
    const root = checkout?.root ?? ''
    expect(readFileSync(path.join(root, 'src/a.js'), 'utf8')).toBe('then')
    expect(readFileSync(path.join(root, 'test/a.js'), 'utf8')).toBe('now')
    expect(readdirSync(path.join(root, 'test')).toSorted()).toEqual(['a.js', 'c.js'])
    const again = await storeTreeInGit(place, checkout?.tree ?? tree, PURPOSE, root)
    expect('snapshot' in again && (await readSnapshot(place.workspace, again.snapshot))).toEqual({
      hash: checkout?.tree.hash,
      files: checkout?.tree.files,
    })
    await checkout?.close()
  })

  it('is swept when the server that made it is gone', async () => {
    const project = committed({ 'a.txt': 'one' })
    const { place, snapshot, tree } = await keep(project.root)
    const dead = execFileSync(process.execPath, ['-p', 'process.pid'], { encoding: 'utf8' }).trim()
    const checkout = await openCheckout(place.workspace, { snapshot, tree: tree.hash })
    const folder = path.resolve(checkout?.root ?? '', '../..')
    const left = path.join(folder, `redgreen-checkout-${dead}-x`)
    mkdirSync(left)
    await (await openCheckout(place.workspace, { snapshot, tree: tree.hash }))?.close()
    expect(existsSync(left)).toBe(false)
    expect(existsSync(checkout?.root ?? '')).toBe(true)
    await checkout?.close()
  })
})
