import { mkdirSync, symlinkSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { workspaceReader } from '../../src/store/workspace-reader.ts'
import { makeProject } from '../kit/project.ts'
import { openProject } from '../kit/store.ts'

describe('the reader of the workspace', () => {
  it('reads nothing outside the workspace, whatever a plan names', () => {
    const reader = workspaceReader(openProject(makeProject({ 'a.md': 'x' })).workspace, new Map())
    expect([reader.read('a.md'), reader.read('../a.md'), reader.exists('/etc')]).toEqual([
      'x',
      undefined,
      false,
    ])
  })

  it('follows a link inside the workspace, and none that leads out of it or nowhere', () => {
    const project = makeProject({ 'docs/a.md': 'x' })
    const outside = makeProject({ 'a.md': 'secret' })
    const link = (name: string, target: string) =>
      symlinkSync(target, path.join(project.root, name))
    link('here', 'docs')
    link('here.md', 'docs/a.md')
    link('out', outside.root)
    link('out.md', path.join(outside.root, 'a.md'))
    link('gone.md', 'none.md')
    mkdirSync(path.join(project.root, 'empty'))
    const reader = workspaceReader(openProject(project).workspace, new Map())
    const answers = (file: string) => [reader.exists(file), reader.read(file), reader.list(file)]
    expect(answers('here')).toEqual([true, undefined, ['a.md']])
    expect(answers('here/a.md')).toEqual([true, 'x', []])
    expect(answers('here.md')).toEqual([true, 'x', []])
    for (const file of ['out', 'out/a.md', 'out.md', 'gone.md', 'none.md', 'docs/a.md/b'])
      expect(answers(file)).toEqual([false, undefined, []])
    expect(answers('empty')).toEqual([true, undefined, []])
  })

  it('reads a long file again if it changed, also to one of the same length', () => {
    const project = makeProject({ 'a.md': 'x'.repeat(20_000) })
    const reader = workspaceReader(openProject(project).workspace, new Map())
    const marks = '<<<<<<< ours\nx\n=======\ny\n>>>>>>> theirs\n'
    expect(reader.read('a.md')).toBe(reader.read('a.md'))
    project.write('a.md', 'y'.repeat(20_000))
    expect(reader.read('a.md')).toBe('y'.repeat(20_000))
    project.write('a.md', `${marks}${'y'.repeat(20_000 - marks.length)}`)
    expect(() => reader.read('a.md')).toThrow('conflict')
  })
})
