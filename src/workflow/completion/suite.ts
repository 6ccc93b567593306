import { runsForTasks } from '../../evidence/run-limits.ts'
import { lastOfTask, placedOfTask } from '../../evidence/event-index.ts'
import { isSeen } from '../../evidence/judges.ts'
import type { RunRecord, StoppedTest } from '../../evidence/event-parts.ts'
import type { Counts } from '../../evidence/outcome.ts'
import { provenTests } from '../../evidence/proven-tests.ts'
import {
  failedThreshold,
  judgeSuite,
  DID_NOT_RUN,
  type SuiteVerdict,
} from '../../evidence/suite.ts'
import type { NoProof } from '../../evidence/verdict.ts'
import { countOf, formatList } from '../../plan/format-list.ts'
import type { Task } from '../../plan/plan.ts'
import { channelHint } from '../approval/remote-channels.ts'
import { COVERAGE_THRESHOLD, runBaseline, wasBelowThreshold } from '../checkout/baseline.ts'
import { stoppedTests } from '../checkout/stopped-tests.ts'
import { currentHash } from '../guards/pending-files.ts'
import type { Context } from '../context/context.ts'
import { takeTree, type Tree } from '../../store/tree.ts'
import { limitsUsed } from '../context/limits.ts'
import { HumanNeeded, Refusal } from '../context/refusal.ts'
import { movedFiles, refuseMoved } from '../guards/moved.ts'
import { runAndObserve, type ObservedRun } from '../testing/observed-run.ts'
import { retireHint } from '../guards/retire-hint.ts'
import { recordSuite } from './record-suite.ts'
import { movedTests } from './moved-tests.ts'
import { passRelated } from './related-tests.ts'
import { expectationsFor } from './suite-expectations.ts'
import { filesRun, type TestRunner } from '../testing/package-runner.ts'
import { findTestRunner } from '../testing/test-runner.ts'
import { outputOf, refuseVerdict } from '../testing/verdict-refusal.ts'

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
  // Recorded before anything is refused: every run counts towards the limit.
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

/** Refuses if a test that failed in a suite of this task no longer runs. */
function refuseStopped(context: Context, task: Task, stopped: readonly StoppedTest[]): void {
  const { events } = context.ledger
  const done = lastOfTask(events, task.id, 'done')
  const failedBefore = placedOfTask(events, task.id).flatMap(({ event }) =>
    event.kind === 'suite' && event.at > (done?.at ?? '') ? [event] : [],
  )
  const first = stopped.find(({ id }) =>
    failedBefore.some(({ failing, ...event }) => {
      const [file = ''] = id.split(' > ')
      const isConfirmed = isSeen(events, file, currentHash(context, file), { failing, ...event })
      return failing.includes(id) && !isConfirmed
    }),
  )
  if (!first) return
  throw new HumanNeeded(
    { step: 'approve' },
    'suite_fails',
    `"${first.id}" failed in the suite of ${task.id} and no longer runs: ${first.cause}.`,
    `${task.id} was not marked.`,
    'Restore the test and fix the code, or ask a human to confirm the change with `redgreen approve` in a terminal.',
    channelHint(context),
  )
}

/** Judges a suite. A failure that is new counts only if the same tests pass on the sources of the feature's start. */
export async function judgeWithBaseline(
  context: Context,
  testRunner: TestRunner,
  { outcome, later }: Pick<ObservedRun, 'outcome' | 'later'>,
  task?: Task,
): Promise<SuiteVerdict | NoProof> {
  const known = expectationsFor(context, task, later)
  const expectations = { ...known, moved: await movedTests(context, outcome, known, task) }
  const verdict = judgeSuite(outcome, expectations)
  if ('proves' in verdict) {
    if (!failedThreshold(outcome) || !(await wasBelowThreshold(context, testRunner))) return verdict
    const other = await judgeWithBaseline(
      context,
      testRunner,
      { outcome: { ...outcome, exitCode: 0 }, later },
      task,
    )
    return 'proves' in other ? other : { ...other, before: [...other.before, COVERAGE_THRESHOLD] }
  }
  if (verdict.failing.length === 0) return verdict
  const baseline = await runBaseline(context, testRunner, { outcome, failing: verdict.failing })
  if (baseline.length === 0) return verdict
  return judgeSuite(outcome, {
    ...expectations,
    baseline: new Set([...expectations.baseline, ...baseline]),
  })
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

const MOST_NAMED = 3

const MOVE_REMEDY =
  'A test may move to another file if nothing but the paths of its imports changes; to change more, use a task that only refactors.'

function suiteFails(
  context: Context,
  task: Task,
  ran: 'full' | 'feature',
  { failing }: SuiteVerdict,
  { run }: ObservedRun,
): Refusal {
  const again = context.call.frontend.describeStep('mark_complete', { task: task.id })
  const onlyMissing = failing.every(id => id.endsWith(DID_NOT_RUN))
  const proven = provenTests(context.ledger.events)
  const unwanted = failing
    .map(id => (id.endsWith(DID_NOT_RUN) ? id.slice(0, -DID_NOT_RUN.length) : id))
    .find(id => proven.has(id) && proven.get(id)?.task !== task.id)
  return new Refusal(
    'suite_fails',
    `${countOf(failing.length, 'failure')} in the ${ran} suite: ${formatList(
      failing.map(id => `"${id}"`),
      MOST_NAMED,
    )}.`,
    `${task.id} was not marked.`,
    onlyMissing
      ? `Restore the tests in their files, under the same names. Then ${again} again. ${MOVE_REMEDY}`
      : `Fix the code, then ${again} again.`,
    unwanted === undefined ? '' : retireHint(unwanted),
    outputOf(context, run),
  )
}
