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
})
