import { describe, expect, test } from 'vitest'
import type { Outcome } from '../../src/evidence/outcome.ts'
import { runnerFixtures } from './scenarios/index.ts'
import { isGreenAfter, runNamedTest, runsByDefault, runScenario } from './scenarios/run-scenario.ts'
import { SCENARIOS, type RunnerFixture, type Scenario } from './scenarios/scenario.ts'

const FIXTURES = runnerFixtures.map(fixture => [fixture.framework.name, fixture] as const)

describe.each(FIXTURES)('%s', (_name, fixture) => {
  const isAvailable = runsByDefault(fixture)

  test.skipIf(!isAvailable)('a failing test is red, and green when it passes', async () => {
    const red = await runScenario(fixture, 'fails')
    const green = await runScenario(fixture, 'passes')
    expect([red.verdict, green.verdict, red.fact, green.outcome.end]).toEqual([
      'red',
      'red_passes',
      '',
      'complete',
    ])
    expect(red.outcome.tests.map(({ id }) => id)).toEqual([fixture.id])
    expect(isGreenAfter(red, green)).toBe(true)
  })

  test('an empty file has no tests, however the runner treats it', async () => {
    expect(await runScenario(fixture, 'empty')).toMatchObject({ verdict: 'no_tests_ran' })
  })

  test.skipIf(!isAvailable || fixture.named === undefined)(
    'a named test runs alone, although another name starts with the same words',
    async () => {
      const outcome = await runNamedTest(fixture)
      const ran = outcome?.tests.filter(one => one.outcome !== 'skipped')
      expect(ran).toEqual([{ id: fixture.id, file: fixture.test, outcome: 'passed' }])
      expect(outcome).toMatchObject({ end: 'complete', exitCode: 0, unhandled: [] })
    },
  )

  for (const scenario of scenariosOf(fixture)) {
    const expected = SCENARIOS[scenario]
    test.skipIf(!isAvailable)(`a test that ${DESCRIPTIONS[scenario]} is ${expected}`, async () => {
      const { verdict, fact, outcome } = await runScenario(fixture, scenario)
      const isClear = scenario !== 'broken' || isExplained(fixture, outcome)
      expect([verdict, fact, isClear]).toEqual([expected, expect.any(String), true])
    })
  }
})

/** Whether the cause is known: what is missing, or a syntax error with its line. Some runners print no line of such a file. */
function isExplained({ test, framework }: RunnerFixture, { loadErrors }: Outcome): boolean {
  const [{ missing, place = '', syntax = false } = {}] = loadErrors
  if (missing !== undefined) return true
  const hasLine = place.startsWith(`${test}:`) && /:\d+$/.test(place)
  return (hasLine || WITHOUT_LINE.has(framework.name)) && (syntax || framework.name === 'ctest')
}

const WITHOUT_LINE = new Set(['mocha', 'ava'])

/** Scenarios beside those above. Slow runners take seconds per run; `npm run runners` runs all of their scenarios. */
function scenariosOf({ slow }: RunnerFixture): Scenario[] {
  return slow ? ['broken'] : ['broken', 'skipped', 'crashes', 'hangs']
}

const DESCRIPTIONS: Record<Scenario, string> = {
  fails: 'fails',
  passes: 'passes',
  broken: 'cannot be loaded',
  empty: 'does not exist',
  skipped: 'is skipped',
  hangs: 'never ends',
  crashes: 'ends its process',
}
