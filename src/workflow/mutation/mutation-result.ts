import type { EventOf } from '../../evidence/event.ts'
import { judgeMutants } from '../../evidence/mutation-verdict.ts'
import { countOf } from '../../plan/format-list.ts'
import { inCheckout } from '../checkout/checkout.ts'
import type { Context } from '../context/context.ts'
import { Refusal } from '../context/refusal.ts'
import { storedSnapshot } from '../testing/snapshots.ts'
import { changedCode, NO_SNAPSHOT, type ChangedCode } from './changed-code.ts'
import { changedSources } from './changed-sources.ts'
import { codeRemarks } from './code-remarks.ts'
import type { ProvenChange } from './proven-change.ts'
import { mutantRunsIn } from './mutant-runs.ts'
import { TimeBudget } from './time-budget.ts'
import { unreachedTests, type UnreachedTests } from './unreached-tests.ts'
import { tryMutants, type TriedMutants } from './try-mutants.ts'
import { unrunCode, untouchedCode } from './unrun-code.ts'

export type MutationResult = Pick<
  EventOf<'mutation'>,
  | 'verdict'
  | 'reason'
  | 'mutants'
  | 'untried'
  | 'empty'
  | 'unreached'
  | 'unrun'
  | 'testAware'
  | 'unwritten'
  | 'tests'
>
type Limits = Exclude<Context['settings']['bite'], false>

/** Tries changes of the code of a task, in a temporary checkout, within the limits, and reads the code. */
export async function mutationResult(
  context: Context,
  change: ProvenChange,
  limits: Limits,
): Promise<MutationResult> {
  const sources = await changedSources(context, change)
  const code = await changedCode(context, change, sources)
  return {
    ...(await resultOf(context, change, code, limits)),
    ...(await codeRemarks(context, change, { sources: sources ?? [], code })),
  }
}

async function resultOf(
  context: Context,
  change: ProvenChange,
  code: ChangedCode | string,
  limits: Limits,
): Promise<MutationResult> {
  const tests = change.own.size
  const notChecked = (reason: string): MutationResult => {
    const untried = typeof code === 'string' ? 0 : code.mutants.length
    return { verdict: 'not-checked', reason, mutants: [], untried, tests }
  }
  if (typeof code === 'string') {
    const unrun = await untouchedCode(context, change)
    return unrun.length > 0 ? { ...notChecked(code), verdict: 'weak', unrun } : notChecked(code)
  }
  const reason = tooSlow(change, limits)
  if (reason !== undefined) return notChecked(reason)
  try {
    const all = await tryInCheckout(context, change, code, limits)
    if (typeof all === 'string') return notChecked(all)
    const { minimum } = limits
    const { empty, about } = code
    const { unreached, areAll, unrun } = all
    const judged = judgeMutants(all.tried, all.open, { minimum, empty, about })
    return {
      ...(areAll || unrun.length > 0 ? { verdict: 'weak' as const } : judged),
      mutants: all.tried,
      untried: all.untried.length,
      ...(empty.length > 0 && { empty }),
      ...(unreached.length > 0 && { unreached }),
      ...(unrun.length > 0 && { unrun }),
      tests,
    }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return notChecked(`there is no checkout to run them in: ${firstSentence(error.message)}`)
  }
}

/** The first changes, which show whether the tests notice anything at all, may take so many times as long as the whole check. */
const OWED_BUDGETS = 15

/** There has to be time for a change, and for another run that shows what it means. */
function tooSlow({ green }: ProvenChange, { budgetSeconds }: Limits): string | undefined {
  const seconds = (green.run?.durationMs ?? 0) / 1000
  const longest = (OWED_BUDGETS * budgetSeconds) / 2
  return seconds > longest
    ? `its tests take ${Math.round(seconds)} s, longer than ${Math.round(longest)} s`
    : undefined
}

interface Tried extends TriedMutants, UnreachedTests {
  unrun: string[]
}

const NOTHING_TRIED = { tried: [], untried: [], open: 0, unreached: [], areAll: false }

async function tryInCheckout(
  context: Context,
  change: ProvenChange,
  { mutants, texts, isNew, together }: ChangedCode,
  { minimum, budgetSeconds }: Limits,
): Promise<Tried | string> {
  const snapshot = storedSnapshot(change.green)
  if (!snapshot) return NO_SNAPSHOT
  context.call.note(`mutation check: ${countOf(mutants.length, 'change')} of the code to try`)
  const all = await inCheckout(
    context,
    snapshot,
    () => false,
    async (checkout): Promise<Tried> => {
      const budget = new TimeBudget(budgetSeconds * 1000)
      const owed = new TimeBudget(OWED_BUDGETS * budgetSeconds * 1000)
      const runs = mutantRunsIn(context, change, { checkout, texts, budget, owed })
      const unrun = await unrunCode(context, change, { texts }, runs.run)
      if (unrun.length > 0) return { ...NOTHING_TRIED, unrun }
      const tried = await tryMutants(mutants, runs, { minimum, runs: MAX_RUNS, isNew, together })
      return {
        ...tried,
        unrun,
        ...(await unreachedTests(context, change, { root: checkout.root, budget })),
      }
    },
  )
  return all.isUnreliable
    ? 'the tests do not pass in a temporary checkout, which lacks files that git ignores'
    : all
}

const MAX_RUNS = 30

function firstSentence(text: string): string {
  return text.split(/\.\s/)[0] ?? ''
}
