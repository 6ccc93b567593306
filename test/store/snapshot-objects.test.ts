import {
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  readFileSync,
  writeFileSync,
  chmodSync,
  mkdirSync,
} from 'node:fs'
import path from 'node:path'
import { array, assert, asyncProperty, constantFrom, option, record } from 'fast-check'
import { afterEach, describe, expect, it, vi } from 'vitest'
import * as gitProcess from '../../src/store/git-process.ts'
import { objectId, readObject, writeObject } from '../../src/store/loose-objects.ts'
import { forgetBase } from '../../src/store/snapshot-base.ts'
import { importSnapshot } from '../../src/store/snapshot-import.ts'
import { readSnapshot } from '../../src/store/snapshot.ts'
import { snapshotReference } from '../../src/store/snapshot-references.ts'
import { snapshotText } from '../../src/store/snapshot-text.ts'
import { committed, keep, PURPOSE, runGit } from '../kit/snapshots.ts'
import { makeProject } from '../kit/project.ts'

/** The commands of git that ran since then. */
function watchGit() {
  const processes = vi.spyOn(gitProcess, 'runGitProcess')
  return () => processes.mock.calls.map(([{ shown }]) => shown.split(' ')[1])
}

function imports(commands: readonly (string | undefined)[]): number {
  return commands.filter(command => command === 'fast-import').length
}

/** The commit of a step, as git shows it. */
function commitOf(root: string, reference: string): string {
  return runGit(root, 'cat-file', 'commit', reference)
}

afterEach(() => {
  vi.restoreAllMocks()
})

describe('a snapshot that is written without git', () => {
  it('is the same commit as git makes, and git finds nothing wrong', async () => {
    const project = committed({ 'a.txt': '1', 'src/b.txt': '2', 'src.txt': '3', 'src/x/c': '4' })
    await keep(project.root)
    project.write('src/x/d.sh', 'echo\n')
    chmodSync(path.join(project.root, 'src/x/d.sh'), 0o755)
    symlinkSync('a.txt', path.join(project.root, 'link'))
    project.remove('src/b.txt')
    const commands = watchGit()
    const direct = await keep(project.root, { ...PURPOSE, step: 'red' })
    expect(imports(commands())).toBe(0)
    const { place, tree, snapshot } = direct
    const base = { snapshot: '', differs: Object.keys(tree.files) }
    const reference = 'refs/redgreen/other/T001/red'
    const imported = await importSnapshot(place.workspace, base, {
      tree,
      root: project.root,
      reference,
    })
    expect(imported).toEqual({ snapshot })
    const own = snapshotReference({ ...PURPOSE, step: 'red' }, tree)
    expect(runGit(project.root, 'rev-parse', own)).toBe(
      runGit(project.root, 'rev-parse', reference),
    )
    expect(commitOf(project.root, own)).toBe(commitOf(project.root, reference))
    expect(runGit(project.root, 'fsck', '--strict', '--full')).not.toContain('error')
  })

  it('is right after any changes', { timeout: 240_000 }, async () => {
    const names = [
      'a',
      'b.txt',
      'a.b',
      'a-b',
      'dir/a',
      'dir/b',
      'dir/in/c',
      'dir.x',
      'é/ü',
      'z/"q"',
    ]
    const change = record({
      file: constantFrom(...names),
      text: option(constantFrom('1', '2', '\r\n', '')),
    })
    const steps = array(array(change, { maxLength: 5 }), { minLength: 1, maxLength: 5 })
    const isRight = asyncProperty(steps, async all => {
      const project = committed({ 'kept.txt': '1' })
      for (const [number, changes] of all.entries()) {
        for (const { file, text } of changes) {
          const place = path.join(project.root, file)
          rmSync(place, { recursive: true, force: true })
          mkdirSync(path.dirname(place), { recursive: true })
          if (text !== null) writeFileSync(place, text)
        }
        const { snapshot } = await keep(project.root, { ...PURPOSE, step: `step${number}` })
        runGit(project.root, 'add', '-A', '--', '.', ':!.redgreen')
        expect(snapshot).toBe(runGit(project.root, 'write-tree').trim())
      }
      expect(runGit(project.root, 'fsck', '--full')).not.toContain('missing')
    })
    await assert(isRight, { numRuns: 25 })
  })

  it('of another process continues the latest one', async () => {
    const project = committed({ 'a.txt': '1', 'src/b.txt': '2' })
    const { place } = await keep(project.root)
    forgetBase(place.state)
    project.write('src/b.txt', '3')
    const commands = watchGit()
    const { snapshot } = await keep(project.root, { ...PURPOSE, step: 'red' })
    expect(imports(commands())).toBe(0)
    expect(runGit(project.root, 'show', `${snapshot}:src/b.txt`)).toBe('3')
  })

  it('of another process does not take the note of two snapshots for that of one', async () => {
    const project = committed({ 'a.txt': '1', 'b.txt': '1' })
    const first = await keep(project.root)
    const note = path.join(first.place.state.local, 'snapshot.json')
    const [before = ''] = readFileSync(note, 'utf8').split('\n')
    project.write('b.txt', '2')
    const second = await keep(project.root, { ...PURPOSE, step: 'red' })
    // As if a reader saw half of a note that was being written.
    writeFileSync(
      note,
      readFileSync(note, 'utf8').replace(
        /^.*$/m,
        before.replace(first.tree.hash, second.tree.hash),
      ),
    )
    forgetBase(second.place.state)
    project.write('a.txt', '3')
    const { snapshot } = await keep(project.root, { ...PURPOSE, step: 'green' })
    expect(runGit(project.root, 'show', `${snapshot}:b.txt`)).toBe('2')
  })

  it('has the text of its files without git', async () => {
    const project = committed({ 'a.txt': '1' })
    await keep(project.root)
    project.write('src/b.txt', 'two\n')
    const { place, snapshot } = await keep(project.root, { ...PURPOSE, step: 'red' })
    const commands = watchGit()
    expect(await snapshotText(place.workspace, snapshot, 'src/b.txt')).toBe('two\n')
    expect(await snapshotText(place.workspace, snapshot, 'src/none.txt')).toBeUndefined()
    expect(commands()).not.toContain('cat-file')
    runGit(project.root, 'gc', '-q')
    expect(await snapshotText(place.workspace, snapshot, 'src/b.txt')).toBe('two\n')
  })
})

describe('git itself stores the snapshot', () => {
  it.each([
    ['with other ids', ['init', '-q', '--object-format=sha256']],
    ['that a group shares', ['init', '-q', '--shared=group']],
  ])('of a repository %s', async (_, init) => {
    const project = makeProject({ 'a.txt': '1' }, { git: false })
    runGit(project.root, ...init)
    await keep(project.root)
    project.write('a.txt', '2')
    const commands = watchGit()
    const { snapshot } = await keep(project.root, { ...PURPOSE, step: 'red' })
    expect(imports(commands())).toBe(1)
    expect(commands()).not.toContain('ls-tree')
    expect(runGit(project.root, 'show', `${snapshot}:a.txt`)).toBe('2')
  })

  it('if many files are new', async () => {
    const project = committed({ 'a.txt': '1' })
    await keep(project.root)
    for (let at = 0; at < 60; at += 1) project.write(`src/${at}.txt`, String(at))
    const commands = watchGit()
    await keep(project.root, { ...PURPOSE, step: 'red' })
    expect(imports(commands())).toBeGreaterThan(0)
  })

  it('if it has cleaned up since the latest one, whose references are gone', async () => {
    const project = committed({ 'a.txt': '1' })
    project.write('src/b.txt', 'not committed')
    const { tree } = await keep(project.root)
    runGit(project.root, 'update-ref', '-d', snapshotReference(PURPOSE, tree))
    runGit(project.root, 'gc', '-q', '--prune=now')
    project.write('a.txt', '2')
    const { snapshot } = await keep(project.root, { ...PURPOSE, step: 'red' })
    expect(runGit(project.root, 'show', `${snapshot}:src/b.txt`)).toBe('not committed')
    expect(runGit(project.root, 'fsck', '--full')).not.toContain('missing')
  })

  it('if its references are gone and git has dropped a part of it', async () => {
    const project = committed({ 'a.txt': '1' })
    for (let at = 0; at < 150; at += 1) project.write(`src/${at}.txt`, `new ${at}`)
    await keep(project.root)
    project.write('a.txt', '2')
    await keep(project.root, { ...PURPOSE, step: 'red' })
    for (const name of runGit(project.root, 'for-each-ref', '--format=%(refname)', 'refs/redgreen')
      .split('\n')
      .filter(one => one !== ''))
      runGit(project.root, 'update-ref', '-d', name)
    runGit(project.root, 'repack', '-a', '-d', '-q')
    project.write('a.txt', '3')
    const { snapshot, place } = await keep(project.root, { ...PURPOSE, step: 'green' })
    expect((await readSnapshot(place.workspace, snapshot))?.hash).toBeDefined()
    expect(runGit(project.root, 'fsck', '--full')).not.toContain('missing')
  })

  it('if it may not write into a folder of the objects', async () => {
    const project = committed({ 'a.txt': '1' })
    await keep(project.root)
    project.write('a.txt', 'blocked')
    const id = runGit(project.root, 'hash-object', 'a.txt').trim()
    writeFileSync(path.join(project.root, '.git/objects', id.slice(0, 2)), 'no folder')
    const commands = watchGit()
    const { snapshot } = await keep(project.root, { ...PURPOSE, step: 'red' })
    expect(imports(commands())).toBe(1)
    expect(runGit(project.root, 'show', `${snapshot}:a.txt`)).toBe('blocked')
  })

  it('if a folder has a name that is not UTF-8', async () => {
    const project = committed({ 'a.txt': '1' })
    writeFileSync(Buffer.concat([Buffer.from(`${project.root}/`), Buffer.of(0xff)]), 'x')
    runGit(project.root, 'add', '-A')
    runGit(project.root, 'commit', '-qm', 'odd')
    project.write('a.txt', '2')
    const { snapshot } = await keep(project.root)
    expect(runGit(project.root, 'show', `${snapshot}:a.txt`)).toBe('2')
    expect(runGit(project.root, 'ls-tree', '--name-only', snapshot)).toContain('\\377')
  })
})

describe('an object of git', () => {
  it('is not believed if its file is damaged', () => {
    const { root } = makeProject({ 'a.txt': '1' })
    const objects = path.join(root, '.git/objects')
    const id = writeObject(objects, 'blob', Buffer.from('one'))
    expect(readObject(objects, 'blob', id)?.toString('utf8')).toBe('one')
    const file = path.join(objects, id.slice(0, 2), id.slice(2))
    chmodSync(file, 0o644)
    const other = writeObject(objects, 'blob', Buffer.from('two'))
    const bytes = path.join(objects, other.slice(0, 2), other.slice(2))
    rmSync(file)
    symlinkSync(bytes, file)
    expect(readObject(objects, 'blob', id)).toBeUndefined()
    rmSync(file)
    writeFileSync(file, 'no object')
    expect(readObject(objects, 'blob', id)).toBeUndefined()
  })

  it('is written again if a power failure left an empty file', () => {
    const { root } = makeProject({ 'a.txt': '1' })
    const objects = path.join(root, '.git/objects')
    const id = writeObject(objects, 'blob', Buffer.from('one'))
    const file = path.join(objects, id.slice(0, 2), id.slice(2))
    rmSync(file)
    writeFileSync(file, '')
    writeObject(objects, 'blob', Buffer.from('one'))
    expect(readObject(objects, 'blob', id)?.toString('utf8')).toBe('one')
  })

  it('that exists is made new, so that git does not remove it for its age', () => {
    const { root } = makeProject({ 'a.txt': '1' })
    const objects = path.join(root, '.git/objects')
    const id = writeObject(objects, 'blob', Buffer.from('one'))
    const file = path.join(objects, id.slice(0, 2), id.slice(2))
    utimesSync(file, 1_000, 1_000)
    writeObject(objects, 'blob', Buffer.from('one'))
    expect(statSync(file).mtimeMs).toBeGreaterThan(1_000_000)
  })

  it('has the id that git gives it', () => {
    const { root } = makeProject({ 'a.txt': 'one\n' })
    const id = runGit(root, 'hash-object', 'a.txt').trim()
    expect(objectId('blob', Buffer.from('one\n'))).toBe(id)
  })
})
