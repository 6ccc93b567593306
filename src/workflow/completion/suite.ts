import { runsForTasks } from '../../evidence/run-limits.ts'
import type { RunRecord, StoppedTest } from '../../evidence/event-parts.ts'
import type { Counts } from '../../evidence/outcome.ts'
import { provenTests } from '../../evidence/proven-tests.ts'
import { DID_NOT_RUN, type SuiteVerdict } from '../../evidence/suite.ts'
import type { NoProof } from '../../evidence/no-proof.ts'
import type { Task } from '../../plan/plan.ts'
import { stoppedTests } from '../checkout/stopped-tests.ts'
import type { Context } from '../context/context.ts'
import { takeTree, type Tree } from '../../store/tree.ts'
import { limitsUsed } from '../context/limits.ts'
import { movedFiles, refuseMoved } from '../guards/moved.ts'
import { runAndObserve, type ObservedRun } from '../testing/observed-run.ts'
import { recordSuite } from './record-suite.ts'
import { passRelated } from './related-tests.ts'
import { filesRun, type TestRunner } from '../testing/package-runner.ts'
import { findTestRunner } from '../testing/test-runner.ts'
import { refuseVerdict } from '../testing/verdict-refusal.ts'
import { judgeWithBaseline } from './judge-suite.ts'
import { refuseStopped, suiteFails } from './suite-refusal.ts'

/** A suite that passed for a task. */
export interface SuiteResult {
  ran: 'full' | 'feature'
  counts: Counts
  run: RunRecord
  /** Hash of its event. */
  proof: string
  /** Hash of the tree that it ran on. */
  tree: string
  /** The number of failures that are expected because their code is not written yet. */
  excused: number
  /** Their test ids and files; `undefined` if an earlier call ran it. */
  excusedTests?: readonly string[]
  turnedGreen: string[]
  /** Tests that already failed before the feature was started. */
  before: string[]
  /** Tests that ran when the feature was started and did not run now. */
  stopped?: StoppedTest[]
  /** An earlier call ran it on the same files. */
  isRecorded?: true
}

/**
 * Runs the full suite or, if no full run is left for tasks, the feature's own tests. Refuses if a test fails that should pass.
 *
 * @param own the test runner of the task, if the workspace as a whole has none
 */
export async function requireSuite(
  context: Context,
  task: Task,
  own: TestRunner,
): Promise<SuiteResult> {
  const testRunner = findTestRunner(context) ?? own
  const ran = runsForTasks(limitsUsed(context), context.settings.limits) > 0 ? 'full' : 'feature'
  if (ran === 'full') await passRelated(context, task, testRunner)
  const files = ran === 'full' ? [] : featureFiles(context, await takeTree(context.workspace))
  const { observed, verdict } = await runAndJudge(context, testRunner, files, task)
  const moved = movedFiles(context, task, observed)
  // Recorded before anything is refused, because every run counts towards the limit.
  const event = await recordSuite(context, task, ran, verdict, { ...observed, moved })
  refuseMoved(context, task, observed)
  if ('proves' in verdict) throw refuseVerdict(context, task, 'GREEN', verdict, observed)
  if (verdict.failing.length > 0) throw suiteFails(context, task, ran, verdict, observed)
  const stopped = ran === 'full' ? await stoppedTests(context, testRunner, observed.outcome) : []
  refuseStopped(context, task, stopped)
  return {
    ran,
    counts: observed.counts,
    run: observed.run,
    proof: event.hash,
    tree: event.tree,
    excused: verdict.excused.length,
    excusedTests: verdict.excused,
    turnedGreen: verdict.turnedGreen,
    before: verdict.before,
    stopped,
  }
}

/** Runs the suite. If tests of earlier tasks are not in these files, all files are run: tests may have been moved. */
async function runAndJudge(
  context: Context,
  testRunner: TestRunner,
  files: readonly string[],
  task: Task,
): Promise<{ observed: ObservedRun; verdict: SuiteVerdict | NoProof }> {
  const observed = await runAndObserve(context, testRunner, files, [])
  const verdict = await judgeWithBaseline(context, testRunner, observed, task)
  const isMissing = 'failing' in verdict && verdict.failing.some(id => id.endsWith(DID_NOT_RUN))
  return files.length > 0 && isMissing
    ? runAndJudge(context, testRunner, [], task)
    : { observed, verdict }
}

/** The feature's own test files that a test runner runs. Those that were renamed have the same content. */
function featureFiles(context: Context, { files }: Tree): string[] {
  const proofs = [...provenTests(context.ledger.events).values()]
  const gone = proofs.filter(({ file }) => !context.reader.exists(file))
  const hashes = new Set(gone.map(({ sha256 }) => sha256))
  const renamed = Object.keys(files).filter(file => hashes.has(files[file] ?? ''))
  const proven = proofs.map(({ file }) => file).filter(file => context.reader.exists(file))
  const own = new Set([...filesRun(context), ...proven, ...renamed])
  return [...own].filter(file => findTestRunner(context, file) !== undefined)
}
