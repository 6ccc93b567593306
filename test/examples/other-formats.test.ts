import { describe, expect, onTestFinished, test } from 'vitest'
import { scenarioNamed } from '../../scripts/demo/scenarios.ts'
import { runDemo } from './demo.ts'

/** The formats whose demos implement the same small project; the others have tests of their own. */
const FORMATS = [
  'openspec',
  'kiro',
  'spec-workflow',
  'task-master',
  'backlog',
  'bmad',
  'checklist',
] as const

describe('the demo', () => {
  // It also checks that the files of the plan changed in the marks that the scenario lists, and in nothing else.
  test.each(FORMATS)('of %s proves every task, and a clone can replay it', async name => {
    const { printed, remove } = await runDemo(name)
    onTestFinished(remove)
    const { feature = '' } = scenarioNamed(name) ?? {}
    expect(printed).toContain('[red_passes]')
    expect(printed).toContain('has no evidence, so the tick does not count')
    expect(printed).toContain('(100%)')
    expect(printed).toMatch(new RegExp(`verify +${feature}: \\d+ events valid, \\d tasks proven`))
    expect(printed).toMatch(/✓ replay .*, 6 runs replayed/)
  })
})
