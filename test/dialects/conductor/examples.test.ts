import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { conductor } from '../../../src/dialects/conductor/conductor.ts'
import { planOf, workspaceOf, type Files } from './fixture.ts'

describe('the example of a storage component', () => {
  const files = filesIn('examples/storage-conductor')

  test('has five tasks in three phases, and no results of them', () => {
    const plan = planOf(files)
    expect(plan.tasks.map(({ id, kind }) => `${id} ${kind}`)).toEqual([
      '1.1 check',
      '1.2 check',
      '2.1 build',
      '2.2 build',
      '3.1 build',
    ])
    expect(plan.problems).toEqual([])
    expect(plan.tasks.flatMap(task => task.files).filter(file => file in files)).toEqual([])
  })

  test('asks a human after every phase', () => {
    const plan = planOf(files)
    for (const phase of plan.phases)
      expect(conductor.question?.(workspaceOf(files), plan, phase)).toContain(
        `"${phase.name}" is finished.`,
      )
  })
})

describe('the example of a track', () => {
  const files = filesIn('examples/conductor')

  test('has five build tasks, a verification after each phase, and no results of them', () => {
    const plan = planOf(files)
    expect(plan.tasks.map(({ kind }) => kind)).toEqual([
      'build',
      'build',
      'person',
      'build',
      'build',
      'person',
      'build',
      'person',
    ])
    expect(plan.problems).toEqual([])
    expect(plan.tasks.flatMap(task => task.files).filter(file => file in files)).toEqual([])
  })
})

function filesIn(folder: string): Files {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter(entry => entry.isFile())
  return Object.fromEntries(
    files.map(({ parentPath, name }) => [
      path.posix.join(path.relative(folder, parentPath), name),
      readFileSync(path.join(parentPath, name), 'utf8'),
    ]),
  )
}
