import { failingAssertions } from '../../mutation/assertions/failing-assertions.ts'
import type { EventOf } from '../../evidence/event.ts'
import { replaceSource } from '../../store/checkout/replace-source.ts'
import type { Context } from '../context/context.ts'
import { readableText } from '../testing/readable-text.ts'
import { runWithin } from '../testing/test-run.ts'
import type { ProvenChange } from './proven-change.ts'
import type { TimeBudget } from './time-budget.ts'

/** Tests of a task that reach no assertion with its code. */
export interface UnreachedTests {
  /** Ids of the tests that pass although each of their assertions fails as soon as it is reached. */
  unreached: string[]
  /** None of the tests of the task reaches an assertion. */
  areAll: boolean
}

/**
 * Runs the tests of a GREEN with assertions that fail when they are reached. A test that still passes asserts nothing: its assertion is
 * in a branch, a loop or a callback that does not run. Changes the test files of the checkout, so it is the last run there.
 */
export async function unreachedTests(
  context: Context,
  { testRunner, green, own }: ProvenChange,
  { root, budget }: { root: string; budget: TimeBudget },
): Promise<UnreachedTests> {
  const known: UnreachedTests = { unreached: [], areAll: false }
  const { left } = budget
  if (left < (green.run?.durationMs ?? 0)) return known
  const tests = green.tests.filter(({ id }) => own.has(id))
  const judged = await withFailingAssertions(context, root, tests)
  if (judged.length === 0) return known
  const selection = {
    files: Object.keys(green.files),
    names: green.names,
    timeoutMs: Math.max(1, left),
  }
  const outcome = await runWithin(context, testRunner, root, {
    ...selection,
    onStart: budget.giveBack,
  })
  if (outcome.end !== 'complete' || outcome.loadErrors.length > 0) return known
  const passed = new Set(
    outcome.tests.filter(test => test.outcome === 'passed').map(({ id }) => id),
  )
  const unreached = judged.filter(id => passed.has(id))
  return { unreached, areAll: unreached.length === own.size }
}

/** Changes the files of these tests in the checkout. Returns the ids of those of which it is not certain that they reach one. */
async function withFailingAssertions(
  context: Context,
  root: string,
  tests: EventOf<'green'>['tests'],
): Promise<string[]> {
  const judged: string[] = []
  for (const file of new Set(tests.map(test => test.file))) {
    const changed = await failingAssertions(file, readableText(context, file))
    if (!changed || !replaceSource(root, file, changed.text, LATER)) continue
    judged.push(
      ...tests
        .filter(test => test.file === file && changed.reaches(test.id) === 'perhaps')
        .map(({ id }) => id),
    )
  }
  return judged
}

/** For Python, which recognizes a changed file by its time: after the changes of the code. */
const LATER = 1_500_000_000
