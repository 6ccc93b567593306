import { describe, expect, it } from 'vitest'
import { dialects } from '../../src/dialects/index.ts'
import { EXAMPLE_NAMES, examplePlan } from '../../src/setup/example/example.ts'
import { memoryWorkspace } from '../kit/memory-workspace.ts'

describe('the example plan', () => {
  it.each(EXAMPLE_NAMES)(
    'of %s is read without a problem, and its first task can start',
    format => {
      for (const framework of ['node:test', 'pytest']) {
        const reader = memoryWorkspace({ ...examplePlan(format, framework) })
        const dialect = dialects.find(({ name }) => name === format)
        const active = dialect?.active(reader)
        if (!dialect || !active || !('found' in active)) throw new Error('it has no active feature')
        const plan = dialect.read(reader, active.found)
        expect(plan.problems).toEqual([])
        expect(plan.tasks).toHaveLength(2)
        expect(plan.tasks[0]).toMatchObject({ kind: 'build', dependsOn: [] })
      }
    },
  )

  it('does not exist for other formats', () => {
    expect(examplePlan('prose', undefined)).toBeUndefined()
  })
})
