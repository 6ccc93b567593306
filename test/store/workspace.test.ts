import { symlinkSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { contain, Outside } from '../../src/store/workspace.ts'
import { makeProject } from '../kit/project.ts'
import { openProject } from '../kit/store.ts'

describe('a path in the workspace', () => {
  it.each(['../x', '/etc/passwd', 'a/../../x', '', ' ', '.', 'a\0b'])('is refused: %j', named => {
    const { workspace } = openProject(makeProject({}))
    expect(() => contain(workspace, named)).toThrow(Outside)
  })

  it('is refused if a link leads outside, nowhere or in circles; links inside the workspace are followed', () => {
    const project = makeProject({ 'src/a.js': '1' })
    const { workspace } = openProject(project)
    const link = (target: string, name: string) =>
      symlinkSync(target, path.join(project.root, name))
    link('/etc', 'away')
    link('nowhere', 'dangling')
    link('circle', 'circle')
    link('src', 'inner')
    for (const named of ['away/passwd', 'dangling', 'circle', 'away']) {
      expect(() => contain(workspace, named)).toThrow(Outside)
    }
    expect(contain(workspace, 'inner/a.js')).toBe('inner/a.js')
    expect(contain(workspace, path.join(project.root, 'src/new.js'))).toBe('src/new.js')
  })
})
