import { describe, expect, onTestFinished, test } from 'vitest'
import { names, scenarioNamed } from '../../scripts/demo/scenarios.ts'
import { runDemo } from './demo.ts'

/** The demos that have tests of their own; those of the other formats implement the same small project. */
const OWN = new Set(['spec-kit', 'specflow', 'json-plan', 'storage-conductor', 'conductor'])

describe('the demo', () => {
  // It also checks that the files of the plan changed in the marks that the scenario lists, and in nothing else.
  test.each(names.filter(name => !OWN.has(name)))(
    'of %s proves every task, and a clone can replay it',
    async name => {
      const { printed, remove } = await runDemo(name)
      onTestFinished(remove)
      const { feature = '' } = scenarioNamed(name) ?? {}
      expect(printed).toContain('[red_passes]')
      expect(printed).toContain('has no evidence, so the tick does not count')
      expect(printed).toContain('(100%)')
      expect(printed).toMatch(new RegExp(`verify +${feature}: \\d+ events valid, \\d tasks proven`))
      expect(printed).toMatch(/✓ replay .*, 6 runs replayed/)
    },
  )
})
