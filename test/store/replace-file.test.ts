import { readdirSync, truncateSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { Conflict, replaceFile } from '../../src/store/replace-file.ts'
import { makeProject } from '../kit/project.ts'
import { disk } from '../../src/store/disk.ts'

describe('a file that is replaced', () => {
  it('is not replaced if another program saved it in between', () => {
    const project = makeProject({ 'tasks.md': 'new' })
    const file = path.join(project.root, 'tasks.md')
    expect(() => replaceFile(file, Buffer.from('old'), Buffer.from('x'))).toThrow(Conflict)
    expect(project.read('tasks.md')).toBe('new')
    expect(readdirSync(project.root).filter(name => name.endsWith('.tmp'))).toEqual([])
  })

  it('keeps what another process wrote between the last check and the rename', () => {
    const project = makeProject({ 'tasks.md': '[ ] T1 [ ] T2' }, { git: false })
    const file = path.join(project.root, 'tasks.md')
    const before = Buffer.from('[ ] T1 [ ] T2')
    const { rename } = disk
    disk.rename = (from, to) => {
      disk.rename = rename
      replaceFile(file, before, Buffer.from('[ ] T1 [X] T2'))
      rename(from, to)
    }
    expect(() => replaceFile(file, before, Buffer.from('[X] T1 [ ] T2'))).toThrow(Conflict)
    expect(project.read('tasks.md')).toBe('[ ] T1 [X] T2')
    expect(readdirSync(project.root)).toEqual(['tasks.md'])
  })

  it('is restored if an editor has started to write to it', () => {
    const project = makeProject({ 'tasks.md': '[ ] T1' }, { git: false })
    const file = path.join(project.root, 'tasks.md')
    const before = Buffer.from('[ ] T1')
    // At the last moment: all has been compared, and the new file is about to take the place.
    const { rename } = disk
    disk.rename = (from, to) => {
      disk.rename = rename
      truncateSync(file, 0)
      rename(from, to)
    }
    const replace = () => replaceFile(file, before, Buffer.from('[X] T1'))
    expect(replace).toThrow(Conflict)
    // The file is the editor's own again, to which it is still writing.
    expect(project.read('tasks.md')).toBe('')
    expect(readdirSync(project.root)).toEqual(['tasks.md'])
  })
})
