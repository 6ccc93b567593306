import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { names } from '../../scripts/demo/scenarios.ts'
import { dialects } from '../../src/dialects/index.ts'
import { isInPlanFolder, projectFolder } from '../../src/dialects/plan-folders.ts'
import { memoryWorkspace } from '../kit/memory-workspace.ts'
import { arbitraryPlans } from './arbitrary-plans.ts'
import { KINDS } from './bad-input-kinds.ts'
import { HOSTILE_WORKSPACES } from './hostile-workspaces.ts'

const README = readFileSync('README.md', 'utf8').toLowerCase()
const PAGE = readFileSync('docs/dialects.md', 'utf8')
const TASK = { title: 'Add', source: 'src/add.js', test: 'test/add.test.js' }

describe.each(dialects.map(dialect => [dialect.name, dialect] as const))('%s', (name, dialect) => {
  test('has a section in the documentation, and the README names it', () => {
    expect(PAGE).toContain(`\n## ${name}\n`)
    expect(README).toContain(dialect.title.toLowerCase())
  })

  test('has a demo with an example project', () => {
    expect(names).toContain(name)
    expect(existsSync(`examples/${name}/README.md`)).toBe(true)
  })

  test('is tried with generated plans, hostile text and bad input', () => {
    const of = (table: object) => Object.keys(table).filter(row => row.startsWith(name))
    expect(of(arbitraryPlans)).not.toEqual([])
    expect(of(HOSTILE_WORKSPACES)).not.toEqual([])
    expect(of(KINDS)).not.toEqual([])
  })

  test('keeps the plan of its example in its own folders, and no other dialect detects it', () => {
    const reader = memoryWorkspace({ ...dialect.example(TASK) })
    const detecting = dialects.filter(other => other.detect(reader) !== undefined)
    expect(detecting.map(other => other.name)).toEqual([name])
    for (const { dir, tasks } of dialect.features(reader)) {
      expect(isInPlanFolder(tasks)).toBe(true)
      expect(projectFolder(dir)).toBe('')
      expect(projectFolder(`apps/web/${dir}`)).toBe('apps/web')
    }
  })
})
