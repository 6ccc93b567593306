import { chmodSync, renameSync, symlinkSync, utimesSync, writeFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { hashOf } from '../../src/evidence/chain.ts'
import { changedPaths, takeTree, treeOf, writtenPaths } from '../../src/store/tree.ts'
import { makeProject } from '../kit/project.ts'

const ODD = ['10', '9', 'b"c.js', 'a\\b.js', 'é.js', 'z/ü/𝒳.js', '__proto__', 'tab\t.js', 'a b']

describe('a tree', () => {
  it.each([true, false])('has the hash of its files, whatever their names (git: %s)', async git => {
    const project = makeProject(Object.fromEntries(ODD.map(name => [name, name])), { git })
    const tree = await takeTree({ root: project.root })
    expect(Object.keys(tree.files)).toHaveLength(ODD.length)
    expect(tree.hash).toBe(hashOf(tree.files))
    expect(Object.keys(tree.stamps ?? {}).sort()).toEqual(Object.keys(tree.files).sort())
  })

  it('differs from another by what was added, changed and taken away', () => {
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

  it('sees a change of the bytes that leaves size and modification time as they were', async () => {
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

  it('takes a link for what it says', async () => {
    const project = makeProject({ 'a.js': 'a' })
    symlinkSync('nowhere', path.join(project.root, 'link'))
    const { files } = await takeTree({ root: project.root })
    expect(files['link']).toBe(hashOf('nowhere'))
  })
})
