import type { Outcome } from '../evidence/outcome.ts'

/**
 * The runs of a suite without those that found no tests, unless none found any. Many runners fail then, and a package of a
 * monorepo may have a test script before it has tests.
 */
export function withoutEmpty(outcomes: readonly Outcome[]): Outcome[] {
  const kept = outcomes.filter(outcome => !isEmpty(outcome))
  return kept.some(({ tests }) => tests.length > 0) ? kept : [...outcomes]
}

function isEmpty({ end, tests, loadErrors, unhandled, output }: Outcome): boolean {
  // Some runners report it as an error of loading.
  const faults = loadErrors.filter(({ message }) => !saysNoTests(message))
  const found = tests.length + faults.length + unhandled.length
  return end === 'complete' && found === 0 && saysNoTests(output)
}

function saysNoTests(text: string): boolean {
  return text.split(/[\n\r]/).some(line => NO_TESTS.test(line))
}

/** How a line begins that a runner prints if there are no test files. */
const NO_TESTS =
  /^\W{0,100}(Error: )?(No tests? (files? )?(were )?found|no tests ran|no test files|No (specs?|examples) found|No tests executed|Couldn't find any (test )?files|Warning: Cannot find any files matching pattern)/i
