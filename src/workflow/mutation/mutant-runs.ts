import { mutantOutcome } from '../../evidence/mutant-outcome.ts'
import { withOriginal } from '../../mutation/original-comment.ts'
import { languageOf, type Language } from '../../runner/languages.ts'
import type { TemporaryCheckout } from '../../store/checkout/checkout.ts'
import { replaceSource } from '../../store/checkout/replace-source.ts'
import type { Context } from '../context/context.ts'
import { runWithin } from '../testing/test-run.ts'
import type { ProvenChange } from './proven-change.ts'
import type { TimeBudget } from './time-budget.ts'
import type { MutantRuns } from './try-mutants.ts'

/** Where the mutants run, and for how long. */
interface MutantRunsPlace {
  checkout: Pick<TemporaryCheckout, 'root' | 'leftOut'>
  /** The files of the checkout that are replaced, as they were. */
  texts: ReadonlyMap<string, string>
  budget: TimeBudget
  /** For the changes that have time of their own. */
  owed: TimeBudget
}

/** Runs the tests of a GREEN in a checkout, each time with one file replaced, which is restored afterwards. */
export function mutantRunsIn(
  context: Context,
  { testRunner, green, own }: ProvenChange,
  { checkout: { root, leftOut }, texts, budget, owed }: MutantRunsPlace,
): MutantRuns {
  const selection = { files: Object.keys(green.files), names: green.names }
  const isBuilt = isCompiled(selection.files)
  let version = FIRST_VERSION
  const { durationMs = 0 } = green.run ?? {}
  let slowest = isBuilt && durationMs <= budget.left ? undefined : durationMs
  // What is missing in a checkout breaks the build, and then no test fails.
  let isReliable = isBuilt || leftOut.length === 0
  const onStart = (waitedMs: number) => {
    budget.giveBack(waitedMs)
    owed.giveBack(waitedMs)
  }
  const runTests = (timeoutMs: number) =>
    runWithin(context, testRunner, root, { ...selection, timeoutMs, onStart })
  return {
    async isReliable() {
      if (isReliable) return true
      const outcome = await runTests(Math.max(1, budget.left, owed.left))
      return mutantOutcome(outcome, own) === 'survived'
    },
    async run(file, text, isOwed) {
      const { left } = isOwed && slowest !== undefined ? owed : budget
      if (left < (slowest ?? 0)) return undefined
      const changed = text === undefined ? text : withOriginal(file, text, texts.get(file))
      if (!replaceSource(root, file, changed, (version += 1))) return undefined
      try {
        const limit = slowest === undefined ? left : Math.max(MIN_LIMIT_MS, SLOWER * slowest)
        const timeoutMs = Math.min(left, limit)
        const outcome = await runTests(timeoutMs)
        // The time was over before the change made the tests slow.
        if (outcome.end === 'timed_out' && timeoutMs < limit) return undefined
        if (outcome.end === 'timed_out' && slowest === undefined) return undefined
        isReliable ||= outcome.tests.some(test => own.has(test.id) && test.outcome === 'passed')
        if (outcome.end === 'complete') slowest = Math.max(slowest ?? 0, outcome.durationMs)
        return mutantOutcome(outcome, own)
      } finally {
        replaceSource(root, file, texts.get(file), (version += 1))
      }
    },
  }
}

const SLOWER = 3
const MIN_LIMIT_MS = 5000
const FIRST_VERSION = 1_000_000_000

/** A checkout has no build output, so the first run takes longer than the recorded one. */
function isCompiled([file = '']: readonly string[]): boolean {
  const language = languageOf(file)
  return language !== undefined && COMPILED.has(language)
}

const COMPILED: ReadonlySet<Language> = new Set(['go', 'rust', 'java', 'csharp', 'cpp'])
