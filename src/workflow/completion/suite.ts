import { addressOf } from '../context/resource-uri.ts'
import { runsForTasks } from '../../evidence/budget.ts'
import type { EventOf } from '../../evidence/event.ts'
import type { RunRecord } from '../../evidence/event-parts.ts'
import type { Counts } from '../../evidence/outcome.ts'
import { provenTests } from '../../evidence/proven.ts'
import { judgeSuite, TAKEN_AWAY, type Known, type SuiteVerdict } from '../../evidence/suite.ts'
import type { Task } from '../../plan/plan.ts'
import type { Nothing } from '../../evidence/verdict.ts'
import { keepTree, recallTree } from '../../store/tree.ts'
import { record, type Desk } from '../context/context.ts'
import { usedNow } from '../context/limits.ts'
import { atDesk } from '../context/transaction.ts'
import { Refusal } from '../context/refusal.ts'
import { fenced, refuseVerdict } from '../testing/verdict-refusal.ts'
import { findBench, type Bench } from '../testing/test-runner.ts'
import { testHash } from '../testing/inline-tests.ts'
import { witness, type WitnessedRun } from '../testing/test-run.ts'
import { lookAtStart } from '../checkout/baseline.ts'
import { movedFiles, refuseMoved } from '../guards/moved.ts'

/** The suite as it was seen for a task. */
export interface SuiteSeen {
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
export async function passSuite(desk: Desk, task: Task, own: Bench): Promise<SuiteSeen> {
  const bench = findBench(desk) ?? own
  const full = runsForTasks(usedNow(desk), desk.settings.limits) > 0
  const files = full ? [] : featureFiles(desk, bench)
  const ran = full ? 'full' : 'feature'
  const witnessed = await witness(desk, bench, files, [])
  const verdict = await judgeWithBaseline(desk, bench, witnessed, task)
  const moved = movedFiles(desk, task, witnessed)
  // A run is a run, whatever it proves: it is recorded before it is refused.
  const event = await keep(desk, task, ran, verdict, { ...witnessed, moved })
  refuseMoved(desk, task, witnessed)
  if ('proves' in verdict) throw refuseVerdict(desk, task, 'GREEN', verdict, witnessed)
  if (verdict.failing.length > 0) throw suiteFails(desk, task, ran, verdict, witnessed)
  return {
    ran,
    counts: witnessed.counts,
    run: witnessed.run,
    proof: event.hash,
    tree: event.tree,
    excused: verdict.excused.length,
    turnedGreen: verdict.turnedGreen,
    before: verdict.before,
  }
}

/** Judges a suite; what fails in it for the first time is looked at on the sources of the feature's start before it counts. */
export async function judgeWithBaseline(
  desk: Desk,
  bench: Bench,
  { outcome }: Pick<WitnessedRun, 'outcome'>,
  task?: Task,
): Promise<SuiteVerdict | Nothing> {
  const known = knownAt(desk, task)
  const verdict = judgeSuite(outcome, known)
  if ('proves' in verdict || verdict.failing.length === 0) return verdict
  const baseline = await lookAtStart(desk, bench, { outcome, failing: verdict.failing })
  if (baseline.length === 0) return verdict
  return judgeSuite(outcome, { ...known, baseline: new Set([...known.baseline, ...baseline]) })
}

/** What may fail in a suite (owed tests, and the new tests of others in work), and what may not be missing. */
function knownAt(desk: Desk, task?: Task): Known {
  const others = [...desk.histories].filter(([id, { stage }]) => id !== task?.id && stage === 'red')
  const red = others.flatMap(([, { start, red }]) => {
    const before = start && recallTree(desk.state, start.tree)
    // A test file that was there before that task may have been passing: its failure is a regression.
    return (red?.tests ?? []).filter(test => before && before.files[test.file] === undefined)
  })
  return {
    owed: desk.owed,
    inProgress: new Set(red.filter(test => test.outcome === 'failed').map(test => test.id)),
    baseline: new Set(
      desk.ledger.events.flatMap(event => (event.kind === 'baseline' ? event.failing : [])),
    ),
    proven: provenTests(desk.ledger.events),
    hash: file => testHash(desk, findBench(desk, file), file) ?? 'absent',
  }
}

/** Every test file that this feature's ledger knows and that is still there. */
function featureFiles(desk: Desk, bench: Bench): string[] {
  const known = desk.ledger.events.flatMap(event =>
    event.kind === 'red' || event.kind === 'green' ? Object.keys(event.files) : [],
  )
  return [...new Set(known)].filter(file => bench.framework.isTest(file) && desk.shelf.exists(file))
}

function keep(
  { call }: Desk,
  task: Task,
  ran: 'full' | 'feature',
  verdict: SuiteVerdict | Nothing,
  { run, counts, after, moved }: WitnessedRun & { moved: string[] },
): Promise<EventOf<'suite'>> {
  const nothing = 'proves' in verdict
  return atDesk(call, desk => {
    keepTree(desk.state, after)
    const [event] = record(desk, {
      kind: 'suite',
      task: task.id,
      settings: desk.settings.hash,
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
      settledFiles: nothing ? [] : verdict.settledFiles,
    })
    if (event?.kind !== 'suite') throw new Error('A suite was recorded as something else.')
    return event
  })
}

function suiteFails(
  desk: Desk,
  task: Task,
  ran: string,
  { failing }: SuiteVerdict,
  { run }: WitnessedRun,
): Refusal {
  const { surface } = desk.call
  return new Refusal(
    'suite_fails',
    `${failing.length} failed in the ${ran} suite, first "${failing[0]}".`,
    `${task.id} was not marked.`,
    `${failing.every(id => id.endsWith(TAKEN_AWAY)) ? 'Put the tests back by their names; a file that is moved keeps its bytes. Then' : 'Mend the code, then'} ${surface.tell('mark_complete', { task: task.id })} again.`,
    `Output: ${addressOf(desk.plan.feature, `runs/${run.id}`)}\n${fenced(run.output)}`,
  )
}
