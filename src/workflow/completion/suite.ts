import { resourceUri } from '../context/resource-uri.ts'
import { runsForTasks } from '../../evidence/budget.ts'
import type { EventOf } from '../../evidence/event.ts'
import type { RunRecord } from '../../evidence/event-parts.ts'
import type { Counts } from '../../evidence/outcome.ts'
import { provenTests } from '../../evidence/proven.ts'
import {
  judgeSuite,
  TAKEN_AWAY,
  type SuiteExpectations,
  type SuiteVerdict,
} from '../../evidence/suite.ts'
import type { Task } from '../../plan/plan.ts'
import type { Nothing } from '../../evidence/verdict.ts'
import { saveTree, loadTree } from '../../store/tree.ts'
import { record, type Context } from '../context/context.ts'
import { limitsUsed } from '../context/limits.ts'
import { withTransaction } from '../context/transaction.ts'
import { Refusal } from '../context/refusal.ts'
import { codeBlock, refuseVerdict } from '../testing/verdict-refusal.ts'
import { findTestRunner, type TestRunner } from '../testing/test-runner.ts'
import { testHash } from '../testing/inline-tests.ts'
import { runAndObserve, type ObservedRun } from '../testing/test-run.ts'
import { runBaseline } from '../checkout/baseline.ts'
import { movedFiles, refuseMoved } from '../guards/moved.ts'

/** The suite as it was seen for a task. */
export interface SuiteResult {
  ran: 'full' | 'feature'
  counts: Counts
  run: RunRecord
  /** Hash of its event. */
  proof: string
  /** Hash of the tree that it ran on. */
  tree: string
  /** Tests that fail because their code is still to be written. */
  excused: number
  turnedGreen: string[]
  /** Tests that failed before the feature was begun, and still do. */
  before: string[]
}

/** Runs the full suite while a run is left, else the feature's own tests; refuses when a test fails that should not. */
export async function requireSuite(
  context: Context,
  task: Task,
  own: TestRunner,
): Promise<SuiteResult> {
  const testRunner = findTestRunner(context) ?? own
  const full = runsForTasks(limitsUsed(context), context.settings.limits) > 0
  const files = full ? [] : featureFiles(context, testRunner)
  const ran = full ? 'full' : 'feature'
  const observed = await runAndObserve(context, testRunner, files, [])
  const verdict = await judgeWithBaseline(context, testRunner, observed, task)
  const moved = movedFiles(context, task, observed)
  // A run is a run, whatever it proves: it is recorded before it is refused.
  const event = await keep(context, task, ran, verdict, { ...observed, moved })
  refuseMoved(context, task, observed)
  if ('proves' in verdict) throw refuseVerdict(context, task, 'GREEN', verdict, observed)
  if (verdict.failing.length > 0) throw suiteFails(context, task, ran, verdict, observed)
  return {
    ran,
    counts: observed.counts,
    run: observed.run,
    proof: event.hash,
    tree: event.tree,
    excused: verdict.excused.length,
    turnedGreen: verdict.turnedGreen,
    before: verdict.before,
  }
}

/** Judges a suite; what fails in it for the first time is looked at on the sources of the feature's start before it counts. */
export async function judgeWithBaseline(
  context: Context,
  testRunner: TestRunner,
  { outcome }: Pick<ObservedRun, 'outcome'>,
  task?: Task,
): Promise<SuiteVerdict | Nothing> {
  const known = knownAt(context, task)
  const verdict = judgeSuite(outcome, known)
  if ('proves' in verdict || verdict.failing.length === 0) return verdict
  const baseline = await runBaseline(context, testRunner, { outcome, failing: verdict.failing })
  if (baseline.length === 0) return verdict
  return judgeSuite(outcome, { ...known, baseline: new Set([...known.baseline, ...baseline]) })
}

/** What may fail in a suite (owed tests, and the new tests of others in work), and what may not be missing. */
function knownAt(context: Context, task?: Task): SuiteExpectations {
  const others = [...context.histories].filter(
    ([id, { stage }]) => id !== task?.id && stage === 'red',
  )
  const red = others.flatMap(([, { start, red }]) => {
    const before = start && loadTree(context.state, start.tree)
    // A test file that was there before that task may have been passing: its failure is a regression.
    return (red?.tests ?? []).filter(test => before && before.files[test.file] === undefined)
  })
  return {
    pending: context.pendingTests,
    inProgress: new Set(red.filter(test => test.outcome === 'failed').map(test => test.id)),
    baseline: new Set(
      context.ledger.events.flatMap(event => (event.kind === 'baseline' ? event.failing : [])),
    ),
    proven: provenTests(context.ledger.events),
    hash: file => testHash(context, findTestRunner(context, file), file) ?? 'absent',
  }
}

/** Every test file that this feature's ledger knows and that is still there. */
function featureFiles(context: Context, testRunner: TestRunner): string[] {
  const known = context.ledger.events.flatMap(event =>
    event.kind === 'red' || event.kind === 'green' ? Object.keys(event.files) : [],
  )
  return [...new Set(known)].filter(
    file => testRunner.framework.isTest(file) && context.reader.exists(file),
  )
}

function keep(
  { call }: Context,
  task: Task,
  ran: 'full' | 'feature',
  verdict: SuiteVerdict | Nothing,
  { run, counts, after, moved }: ObservedRun & { moved: string[] },
): Promise<EventOf<'suite'>> {
  const nothing = 'proves' in verdict
  return withTransaction(call, context => {
    saveTree(context.state, after)
    const [event] = record(context, {
      kind: 'suite',
      task: task.id,
      settings: context.settings.hash,
      tree: after.hash,
      ran,
      run,
      counts,
      failing: [
        ...(nothing ? [verdict.fact] : verdict.failing),
        ...moved.map(file => `${file} changed while it ran`),
      ],
      ...(!nothing && verdict.before.length > 0 && { before: verdict.before }),
      turnedGreen: nothing ? [] : verdict.turnedGreen,
      passedFiles: nothing ? [] : verdict.passedFiles,
    })
    if (event?.kind !== 'suite') throw new Error('A suite was recorded as something else.')
    return event
  })
}

function suiteFails(
  context: Context,
  task: Task,
  ran: string,
  { failing }: SuiteVerdict,
  { run }: ObservedRun,
): Refusal {
  const { frontend } = context.call
  return new Refusal(
    'suite_fails',
    `${failing.length} failed in the ${ran} suite, first "${failing[0]}".`,
    `${task.id} was not marked.`,
    `${failing.every(id => id.endsWith(TAKEN_AWAY)) ? 'Put the tests back by their names; a file that is moved keeps its bytes. Then' : 'Mend the code, then'} ${frontend.describeStep('mark_complete', { task: task.id })} again.`,
    `Output: ${resourceUri(context.plan.feature, `runs/${run.id}`)}\n${codeBlock(run.output)}`,
  )
}
