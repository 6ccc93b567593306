import type { TestCase, TestProject, Vitest } from 'vitest/node'
import { requirements, titlePattern, type NamedTest } from './requirements.ts'

/**
 * After a run of the whole suite: fails the run if a test that `docs/requirements.md` names did not run, and lists those that
 * were skipped, for example because their test runner is not installed here.
 */
export default function setup({ vitest }: TestProject): () => Promise<void> {
  return async () => {
    if (!(await ranWholeSuite(vitest))) return
    const tests = vitest.state
      .getTestModules()
      .flatMap(({ relativeModuleId, children }) =>
        Array.from(children.allTests(), test => ({ file: relativeModuleId, test })),
      )
    const states = requirements().flatMap(({ ids, test }) =>
      test ? [{ ids, state: stateOf(test, tests) }] : [],
    )
    report(states)
  }
}

interface Reported {
  file: string
  test: TestCase
}

type State = 'ran' | 'skipped' | 'missing'

function stateOf({ file, name }: NamedTest, tests: readonly Reported[]): State {
  const pattern = titlePattern(name)
  const named = tests.filter(one => one.file === file && pattern.test(one.test.fullName))
  const results = named.map(({ test }) => test.result().state)
  if (results.some(state => state === 'passed' || state === 'failed')) return 'ran'
  return results.includes('skipped') ? 'skipped' : 'missing'
}

function report(states: readonly { ids: string; state: State }[]): void {
  const inState = (wanted: State) =>
    states.flatMap(({ ids, state }) => (state === wanted ? [ids] : []))
  const missing = inState('missing')
  const skipped = inState('skipped')
  console.log(`Requirements: the tests of ${inState('ran').length} of ${states.length} rows ran.`)
  if (skipped.length > 0) console.log(`Skipped here: ${skipped.join(', ')}`)
  if (missing.length === 0) return
  console.error(`docs/requirements.md names tests that did not run: ${missing.join(', ')}`)
  process.exitCode = 1
}

async function ranWholeSuite(vitest: Vitest): Promise<boolean> {
  const { testNamePattern, shard, project } = vitest.config
  if (testNamePattern ?? shard ?? project[0]) return false
  const specifications = await vitest.globTestSpecifications()
  return vitest.state.getTestModules().length >= specifications.length
}
