import { runsForTasks, usedIn } from '../../evidence/budget.ts'
import type { EventOf } from '../../evidence/event.ts'
import type { Counts } from '../../evidence/outcome.ts'
import { judgeSuite, type Excuses, type SuiteVerdict } from '../../evidence/suite.ts'
import type { Task } from '../../plan/plan.ts'
import { hashOfFile } from '../../store/tree.ts'
import { absolute } from '../../store/workspace.ts'
import { atDesk, record, type Desk } from '../desk.ts'
import { Refusal } from '../refusal.ts'
import { fenced, refuseVerdict } from '../refuse-verdict.ts'
import { findBench, witness, type Bench, type Witnessed } from '../test-run.ts'
import { refuseMoved } from './moved.ts'

/** The suite as it was seen for a task. */
export interface SuiteSeen {
  ran: 'full' | 'feature'
  counts: Counts
  /** Hash of its event. */
  proof: string
  /** Hash of the tree that it ran on. */
  tree: string
  /** Tests that fail because their code is still to be written. */
  excused: number
  turnedGreen: string[]
}

/** Runs the full suite while a run is left, else the feature's own tests; refuses when a test fails that should not. */
export async function passSuite(desk: Desk, task: Task, own: Bench): Promise<SuiteSeen> {
  const bench = findBench(desk) ?? own
  const full = runsForTasks(usedNow(desk), desk.settings.limits) > 0
  const files = full ? [] : featureFiles(desk, bench)
  const witnessed = await witness(desk, bench, files, [])
  refuseMoved(desk, task, witnessed)
  const verdict = judgeSuite(witnessed.outcome, excusesAt(desk, task))
  if ('proves' in verdict) throw refuseVerdict(desk, task, 'GREEN', verdict, witnessed)
  const ran = full ? 'full' : 'feature'
  const event = await keep(desk, task, ran, verdict, witnessed)
  if (verdict.failing.length > 0) throw suiteFails(desk, task, ran, verdict, witnessed)
  return {
    ran,
    counts: witnessed.counts,
    proof: event.hash,
    tree: event.tree,
    excused: verdict.excused.length,
    turnedGreen: verdict.turnedGreen,
  }
}

/** What was used of the limits in this working period. */
export function usedNow(desk: Desk): ReturnType<typeof usedIn> {
  return usedIn(desk.ledger.events, desk.settings.limits, new Date().toISOString())
}

/** What may fail in a suite: owed tests, and the red tests of other tasks in progress. */
export function excusesAt(desk: Desk, task?: Task): Excuses {
  const others = [...desk.histories].filter(
    ([id, history]) => id !== task?.id && history.stage === 'red',
  )
  const red = others.flatMap(([, history]) => history.red?.tests ?? [])
  return {
    owed: desk.owed,
    inProgress: new Set(red.filter(test => test.outcome === 'failed').map(test => test.id)),
    hash: file => hashOfFile(absolute(desk.workspace, file)) ?? 'absent',
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
  { failing, turnedGreen, settledFiles }: SuiteVerdict,
  { run, counts, after }: Witnessed,
): Promise<EventOf<'suite'>> {
  return atDesk(call, desk => {
    const [event] = record(desk, {
      kind: 'suite',
      task: task.id,
      settings: desk.settings.hash,
      tree: after.hash,
      ran,
      run,
      counts,
      failing,
      turnedGreen,
      settledFiles,
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
  { run }: Witnessed,
): Refusal {
  const { surface } = desk.call
  return new Refusal(
    'suite_fails',
    `${failing.length} failed in the ${ran} suite, first "${failing[0]}".`,
    `${task.id} was not marked.`,
    `Mend the code, then ${surface.tell('mark_complete', { task: task.id })} again.`,
    `Output: redgreen://${desk.plan.feature.id}/runs/${run.id}\n${fenced(run.output)}`,
  )
}
