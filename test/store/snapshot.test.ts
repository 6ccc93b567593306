import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  existsSync,
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
import { storeTreeInGit, prepareSnapshot, readSnapshot } from '../../src/store/snapshot.ts'
import { FilesChanged } from '../../src/store/snapshot-source.ts'
import { REFERENCES } from '../../src/store/snapshot-references.ts'
import { takeTree } from '../../src/store/tree.ts'
import { canMount } from '../kit/mounts.ts'
import { committed, keep, placeOf, PURPOSE, runGit } from '../kit/snapshots.ts'
import { makeProject } from '../kit/project.ts'

describe('a snapshot', () => {
  it('contains every byte of the files that git does not ignore, and nothing else', async () => {
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
    expect(runGit(project.root, 'ls-tree', '-r', '--name-only', second.snapshot)).toBe(
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
    const listed = runGit(project.root, 'ls-tree', '-r', snapshot)
    expect(listed).toMatch(/^100755 .*bin\/go\.sh$/m)
    expect(listed).toMatch(/^120000 .*link$/m)
  })

  it('leaves index, status, branches, stash, reflog and hooks as they are', async () => {
    const project = committed({ 'a.txt': 'one', 'b.txt': 'two' })
    project.write('a.txt', 'staged')
    runGit(project.root, 'add', 'a.txt')
    project.write('a.txt', 'stashed')
    runGit(project.root, 'stash')
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
    runGit(project.root, 'config', 'filter.spy.clean', `sh -c 'echo filter >> ${called}; cat'`)
    runGit(project.root, 'config', 'filter.spy.smudge', `sh -c 'echo filter >> ${called}; cat'`)
    runGit(project.root, 'config', 'core.logAllRefUpdates', 'always')
    project.write('.git/info/attributes', '* filter=spy\n')
    const watcher = path.join(project.root, '.git/watcher')
    writeFileSync(watcher, `#!/bin/sh\necho fsmonitor >> ${called}\n`, { mode: 0o755 })
    runGit(project.root, 'config', 'core.fsmonitor', watcher)
    const look = () => ({
      index: readFileSync(path.join(project.root, '.git/index'), 'hex'),
      heads: runGit(
        project.root,
        '-c',
        'core.fsmonitor=false',
        'for-each-ref',
        'refs/heads',
        'refs/stash',
      ),
      stash: runGit(project.root, 'stash', 'list'),
      reflog: runGit(project.root, 'reflog'),
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

  it('survives git gc', async () => {
    const project = committed({ 'a.txt': 'one' })
    project.write('a.txt', 'two')
    const { place, snapshot, tree } = await keep(project.root)
    runGit(project.root, 'gc', '-q', '--prune=now')
    expect(await readSnapshot(place.workspace, snapshot)).toMatchObject({ hash: tree.hash })
  })

  it('is complete even if git has lost the previous one', async () => {
    const project = committed({ 'a.txt': 'one' })
    project.write('a.txt', 'two')
    const first = await keep(project.root)
    const names = runGit(project.root, 'for-each-ref', '--format=%(refname)', REFERENCES)
    for (const name of names.split('\n').filter(name => name !== ''))
      runGit(project.root, 'update-ref', '-d', name)
    runGit(project.root, 'gc', '-q', '--prune=now')
    expect(await readSnapshot(first.place.workspace, first.snapshot)).toBeUndefined()
    project.write('a.txt', 'three')
    const { place, snapshot, tree } = await keep(project.root)
    expect(await readSnapshot(place.workspace, snapshot)).toMatchObject({ hash: tree.hash })
  })

  it('has the same reference in two clones with the same files', async () => {
    const one = committed({ 'a.txt': 'one' })
    const two = makeProject({ 'a.txt': 'one' })
    await keep(one.root)
    await keep(two.root)
    const references = (root: string) => runGit(root, 'for-each-ref', REFERENCES)
    expect(references(one.root)).toContain(`${REFERENCES}/001-stack/T001/start-`)
    expect(references(one.root)).toBe(references(two.root))
  })

  it('can be stored for a task with any id', async () => {
    const project = committed({ 'a.txt': 'one' })
    for (const task of ['T031#2', '2.3', '..', 'a b', 'x.lock', '@{', 'Ünï/ç:*?[~^\\']) {
      expect((await keep(project.root, { ...PURPOSE, task })).kept).toHaveProperty('snapshot')
    }
  })

  it('that was prepared is stored without reading the files again, and has no reference until then', async () => {
    const project = makeProject({ 'a.js': '1', 'b.js': '2' })
    const place = placeOf(project.root)
    const tree = await takeTree(place.workspace)
    await prepareSnapshot(place, tree)
    expect(runGit(project.root, 'for-each-ref')).toBe('')
    project.write('a.js', 'changed since')
    const kept = await storeTreeInGit(place, tree, PURPOSE)
    const snapshot = 'snapshot' in kept ? kept.snapshot : ''
    expect((await readSnapshot(place.workspace, snapshot))?.hash).toBe(tree.hash)
  })

  it('fails if a file changes while it is stored, and leaves no files of git behind', async () => {
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

  it('is refused if its content does not match its hash', async () => {
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

describe('a snapshot is stored', () => {
  it('before the first commit, and with a detached head', async () => {
    const unborn = makeProject({ 'a.txt': 'one' })
    expect((await keep(unborn.root)).kept).toHaveProperty('snapshot')
    const detached = committed({ 'a.txt': 'one' })
    runGit(detached.root, 'checkout', '-q', '--detach')
    expect((await keep(detached.root)).kept).toHaveProperty('snapshot')
  })

  it('in a shallow clone, in a worktree, and in a folder of a repository', async () => {
    const origin = committed({ 'a.txt': 'one', 'pkg/b.txt': 'two' })
    const loadFailure = path.join(makeProject({}, { git: false }).root, 'clone')
    execFileSync('git', ['clone', '-q', '--depth=1', `file://${origin.root}`, loadFailure])
    expect((await keep(loadFailure)).kept).toHaveProperty('snapshot')
    const worktree = path.join(makeProject({}, { git: false }).root, 'tree')
    runGit(origin.root, 'worktree', 'add', '-q', worktree)
    expect((await keep(worktree)).kept).toHaveProperty('snapshot')
    const part = await keep(path.join(origin.root, 'pkg'))
    expect(part.tree.files).toHaveProperty(['b.txt'])
    expect(await readSnapshot(part.place.workspace, part.snapshot)).toMatchObject({
      hash: part.tree.hash,
    })
  })

  it('in a repository with a submodule, without the files of the submodule', async () => {
    const project = committed({ 'a.txt': 'one' })
    const inner = committed({ 'x.txt': 'inner' })
    runGit(
      project.root,
      '-c',
      'protocol.file.allow=always',
      'submodule',
      '-q',
      'add',
      inner.root,
      'sub',
    )
    runGit(project.root, 'commit', '-qm', 'sub')
    const { kept, tree, place, snapshot } = await keep(project.root)
    expect(kept).toHaveProperty('snapshot')
    expect(Object.keys(tree.files)).not.toContain('sub/x.txt')
    expect(await readSnapshot(place.workspace, snapshot)).toMatchObject({ hash: tree.hash })
  })

  it('if core.bare is set', async () => {
    const project = committed({ 'a.txt': 'one' })
    runGit(project.root, 'config', 'core.bare', 'true')
    expect((await keep(project.root)).kept).toHaveProperty('snapshot')
  })

  it('only in a repository; otherwise the reason is given', async () => {
    const { kept, tree } = await keep(makeProject({ 'a.txt': 'one' }, { git: false }).root)
    expect(kept).toEqual({ missing: expect.stringContaining('no git repository') })
    expect(tree.files).toHaveProperty(['a.txt'])
  })

  it('only in a repository that git can read; otherwise the reason is given', async () => {
    const project = committed({ 'a.txt': 'one' })
    runGit(project.root, 'config', 'core.repositoryFormatVersion', '99')
    expect((await keep(project.root)).kept).toEqual({
      missing: expect.stringMatching(/git does not look at it: .*version/i),
    })
  })

  it.skipIf(process.getuid?.() !== 0)(
    'only in a repository of the same user; otherwise the reason is given',
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

  it.skipIf(!canMount())('only if the disk has space; otherwise the reason is given', async () => {
    const { root } = makeProject({}, { git: false })
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=4m', 'tmpfs', root])
    try {
      runGit(root, 'init', '-q')
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
