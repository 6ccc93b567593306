import {
  chmodSync,
  renameSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
  statSync,
  existsSync,
  readdirSync,
} from 'node:fs'
import path from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { hashOf, sha256 } from '../../src/evidence/chain.ts'
import { changedPaths, takeTree, treeOf, writtenPaths } from '../../src/store/tree.ts'
import { saveTree, loadTree, pruneTrees } from '../../src/store/saved-trees.ts'
import { makeProject } from '../kit/project.ts'
import { execFileSync } from 'node:child_process'
import { openProject } from '../kit/store.ts'

const ODD = ['10', '9', 'b"c.js', 'a\\b.js', 'é.js', 'z/ü/𝒳.js', '__proto__', 'tab\t.js', 'a b']

describe('a tree', () => {
  it.each([true, false])('has the hash of its files, whatever their names (git: %s)', async git => {
    const project = makeProject(Object.fromEntries(ODD.map(name => [name, name])), { git })
    const tree = await takeTree({ root: project.root })
    expect(Object.keys(tree.files)).toHaveLength(ODD.length)
    expect(tree.hash).toBe(hashOf(tree.files))
    expect(Object.keys(tree.stamps ?? {}).sort()).toEqual(Object.keys(tree.files).sort())
  })

  it('differs from another by the files that were added, changed and removed', () => {
    const from = treeOf({ kept: '1', changed: '1', gone: '1' })
    const to = treeOf({ kept: '1', changed: '2', added: '1' })
    expect(changedPaths(from, to)).toEqual(['added', 'changed', 'gone'])
    expect(changedPaths(treeOf({ constructor: '1' }), treeOf({}))).toEqual(['constructor'])
  })

  it('notices a file that was replaced by the same bytes with the same times', async () => {
    const project = makeProject({ 'a.js': 'a', 'b.js': 'b' })
    const before = await takeTree({ root: project.root })
    const file = path.join(project.root, 'a.js')
    const { atime, mtime } = statSync(file)
    writeFileSync(`${file}.new`, 'a')
    utimesSync(`${file}.new`, atime, mtime)
    renameSync(`${file}.new`, file)
    const after = await takeTree({ root: project.root })
    expect(after.hash).toBe(before.hash)
    expect(writtenPaths(before, after)).toEqual(['a.js'])
  })

  it('notices a change that keeps size and modification time, if only the change time differs', async () => {
    const project = makeProject({ 'a.js': 'one' })
    const file = path.join(project.root, 'a.js')
    utimesSync(file, 1_000, 1_000)
    const before = await takeTree({ root: project.root })
    writeFileSync(file, 'two')
    utimesSync(file, 1_000, 1_000)
    chmodSync(file, 0o644)
    const after = await takeTree({ root: project.root })
    expect(changedPaths(before, after)).toEqual(['a.js'])
  })

  it('hashes the target path of a link', async () => {
    const project = makeProject({ 'a.js': 'a' })
    symlinkSync('nowhere', path.join(project.root, 'link'))
    const { files } = await takeTree({ root: project.root })
    expect(files['link']).toBe(hashOf('nowhere'))
  })
  it('lists what changed, without ignored files and the files of the server', async () => {
    const project = makeProject({ 'a.js': '1', 'b.js': '1', '.gitignore': 'out/\n' })
    const { workspace } = openProject(project)
    const before = await takeTree(workspace)
    project.write('a.js', '2')
    project.write('c.js', '1')
    project.write('out/x.js', '1')
    project.remove('b.js')
    const after = await takeTree(workspace)
    expect(changedPaths(before, after)).toEqual(['a.js', 'b.js', 'c.js'])
  })

  it('notices a change that keeps size and modification time', async () => {
    const project = makeProject({ 'a.js': '1' })
    const { workspace } = openProject(project)
    const past = new Date('2026-01-01')
    utimesSync(path.join(project.root, 'a.js'), past, past)
    const before = await takeTree(workspace)
    project.write('a.js', '2')
    utimesSync(path.join(project.root, 'a.js'), past, past)
    expect(changedPaths(before, await takeTree(workspace))).toEqual(['a.js'])
  })

  it('works without git', async () => {
    const project = makeProject({ 'a.js': '1', 'node_modules/x/i.js': '1' }, { git: false })
    const { workspace } = openProject(project)
    expect(Object.keys((await takeTree(workspace)).files)).toEqual(['a.js'])
  })

  it('runs no program that the repository names', async () => {
    const project = makeProject({ 'a.js': '1' })
    const { workspace } = openProject(project)
    const mark = path.join(project.root, 'ran')
    const config = ['config', 'core.fsmonitor', `touch ${mark}; false`]
    execFileSync('git', config, { cwd: project.root })
    await takeTree(workspace)
    expect(existsSync(mark)).toBe(false)
  })
})

describe('saved trees', () => {
  it('are ignored if their content does not match their hash', async () => {
    const project = makeProject({ 'a.js': '1' })
    const { workspace, state } = openProject(project)
    const tree = await takeTree(workspace)
    saveTree(state, tree)
    expect(loadTree(state, tree.hash)).toEqual({ hash: tree.hash, files: tree.files })
    const file = path.join(state.local, 'trees', `${tree.hash}.json`)
    writeFileSync(file, '{"a.js":"forged"}')
    expect(loadTree(state, tree.hash)).toBeUndefined()
  })

  it('are removed if there are many, and only old ones that no open task needs', () => {
    const { state } = openProject(makeProject({}))
    const folder = path.join(state.local, 'trees')
    for (let index = 0; index < 210; index += 1) {
      saveTree(state, { hash: sha256(`h${index}`), files: {} })
    }
    pruneTrees(state, () => new Set([sha256('h7')]))
    expect(readdirSync(folder)).toHaveLength(210)
    vi.setSystemTime(Date.now() + 2 * 86_400_000)
    pruneTrees(state, () => new Set([sha256('h7')]))
    vi.useRealTimers()
    expect(readdirSync(folder)).toEqual([`${sha256('h7')}.json`])
  })
})
