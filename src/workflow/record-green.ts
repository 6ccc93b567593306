import type { EventOf, SeenTest } from '../evidence/event.ts'
import { judgeGreen } from '../evidence/verdict.ts'
import type { Task } from '../plan/plan.ts'
import { takeClaim } from '../store/claims.ts'
import { keepTree, recallTree, takeTree } from '../store/tree.ts'
import type { Call } from './call.ts'
import { atDesk, openDesk, record, taskOf, type Desk } from './desk.ts'
import { mayMove } from './gates/may-move.ts'
import { ownChanges, refuseMoved } from './gates/moved.ts'
import { refuseChangedTests } from './gates/unchanged-tests.ts'
import { recordCheck } from './record-check.ts'
import { recordedRun, type Recorded } from './record-red.ts'
import { Refusal } from './refusal.ts'
import { refuseVerdict } from './refuse-verdict.ts'
import { benchFor, witness, type Bench, type Witnessed } from './test-run.ts'

export interface GreenRequest {
  task: string
  /** A named check of the settings, for tasks of kind `check`. */
  check?: string | undefined
}

/** Runs the tests that were red once more and records that they pass, unchanged. */
export async function recordGreen(call: Call, request: GreenRequest): Promise<Recorded> {
  const desk = await openDesk(call)
  const task = taskOf(desk, request.task)
  const { standing } = mayMove(desk, task, 'record_green')
  if (task.kind === 'check') return recordCheck(desk, task, request.check)
  refuseCheck(desk, task, request.check)
  const { red, green } = standing.history
  if (!red) throw new Error(`Task ${task.id} stands at ${standing.stage} without a RED.`)
  if (green && (await isAsAt(desk, green.tree))) return recordedRun(desk, green)
  const bench = benchOf(desk, red)
  refuseChangedTests(desk, task, bench, red)
  await refuseNothingChanged(desk, task, red, bench)
  const witnessed = await witness(desk, bench, Object.keys(red.files), red.names)
  judge(desk, task, bench, red, witnessed)
  return atDesk(call, desk => {
    mayMove(desk, taskOf(desk, request.task), 'record_green')
    return keep(desk, task, witnessed)
  })
}

/** The framework that ran the RED. */
export function benchOf(desk: Desk, seen: { files: Record<string, string> }): Bench {
  return benchFor(desk, Object.keys(seen.files)[0])
}

function refuseCheck(desk: Desk, task: Task, check: string | undefined): void {
  if (check === undefined) return
  throw new Refusal(
    'bad_arguments',
    `${task.id} is proven as \`${task.kind}\` (${task.kindReason}), by its tests and not by the check ${check}, so nothing was run.`,
    `${desk.call.surface.tell('record_green', { task: task.id })} without \`check\`.`,
  )
}

async function isAsAt(desk: Desk, tree: string): Promise<boolean> {
  return (await takeTree(desk.workspace)).hash === tree
}

/** A test that turns green although nothing was done is flaky, or hangs on something that is no part of the work. */
async function refuseNothingChanged(
  desk: Desk,
  task: Task,
  red: EventOf<'red'>,
  { framework }: Bench,
): Promise<void> {
  const then = recallTree(desk.state, red.tree)
  if (!then) {
    throw new Refusal(
      'wrong_stage',
      `This clone does not have the files that ${task.id} was red with, so nothing was run.`,
      `${desk.call.surface.tell('record_red', { task: task.id })} here once more; its tests have to fail.`,
    )
  }
  const now = await takeTree(desk.workspace)
  const tests = new Set(Object.keys(red.files))
  const done = ownChanges(desk, task, then, now).filter(
    file => !tests.has(file) && !framework.isTest(file),
  )
  if (done.length > 0) return
  throw new Refusal(
    'nothing_changed',
    `Nothing but tests changed since ${task.id} was red, so a test that passes now would pass by itself; nothing was run.`,
    `Write the code for ${task.id}, then ${desk.call.surface.tell('record_green', { task: task.id })} again.`,
  )
}

function judge(
  desk: Desk,
  task: Task,
  bench: Bench,
  red: EventOf<'red'>,
  witnessed: Witnessed,
): void {
  refuseMoved(desk, task, witnessed)
  refuseChangedTests(desk, task, bench, red)
  const wanted: SeenTest[] = red.tests
  const verdict = judgeGreen(witnessed.outcome, wanted)
  if (verdict.proves === 'nothing') throw refuseVerdict(desk, task, 'GREEN', verdict, witnessed)
}

function keep(desk: Desk, task: Task, witnessed: Witnessed): Recorded {
  const { run, tests, counts, files, frozen, after } = witnessed
  keepTree(desk.state, after)
  const [event] = record(desk, {
    kind: 'green',
    task: task.id,
    settings: desk.settings.hash,
    tree: after.hash,
    run,
    tests,
    counts,
    files,
    frozen,
    named: [],
  })
  takeClaim(desk.state, desk.plan.feature.id, task.id, desk.call.holder, new Date())
  if (event?.kind !== 'green') throw new Error('A GREEN was recorded as something else.')
  return recordedRun(desk, event)
}
