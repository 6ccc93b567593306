import type { EventOf, SeenTest } from '../evidence/event.ts'
import { judgeGreen } from '../evidence/verdict.ts'
import { isDocument, isTestSupport } from '../plan/file-role.ts'
import type { Task } from '../plan/plan.ts'
import { takeClaim } from '../store/claims.ts'
import { keepTree, recallTree, takeTree, type Tree } from '../store/tree.ts'
import type { Call } from './call.ts'
import { record, taskOf, type Desk } from './desk.ts'
import { atDesk, openDesk } from './open-desk.ts'
import { mayMove } from './gates/may-move.ts'
import { refuseChangedSupport } from './gates/changed-support.ts'
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
  const then = treeAtRed(desk, task, red)
  const now = await takeTree(desk.workspace)
  refuseChangedSupport(desk, task, then, now)
  refuseNothingChanged(desk, task, bench, [then, now])
  const witnessed = await witness(desk, bench, Object.keys(red.files), red.names)
  judge(desk, task, bench, red, witnessed)
  return atDesk(call, desk => {
    const { standing } = mayMove(desk, taskOf(desk, request.task), 'record_green')
    if (standing.history.red?.hash !== red.hash) throw anotherRed(desk, task)
    return keep(desk, task, witnessed, red.names)
  })
}

function anotherRed(desk: Desk, task: Task): Refusal {
  return new Refusal(
    'conflict',
    `Another RED of ${task.id} was recorded while its tests ran, so this run proves nothing and was not recorded.`,
    `${desk.call.surface.tell('record_green', { task: task.id })} again.`,
  )
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

/** The files as they were at RED; without them nothing can be said about what changed. */
function treeAtRed(desk: Desk, task: Task, red: EventOf<'red'>): Tree {
  const then = recallTree(desk.state, red.tree)
  if (then) return then
  throw new Refusal(
    'wrong_stage',
    `This clone does not have the files that ${task.id} was red with, so nothing was run.`,
    `To start it again here, ${desk.call.surface.tell('next_task', { task: task.id })}.`,
  )
}

/** A test that turns green although nothing was done is flaky, or hangs on something that is no part of the work. */
function refuseNothingChanged(desk: Desk, task: Task, bench: Bench, trees: [Tree, Tree]): void {
  const done = ownChanges(desk, task, ...trees).filter(
    file =>
      !bench.framework.isTest(file) &&
      !isTestSupport(file) &&
      (!isDocument(file) || task.files.includes(file)),
  )
  if (done.length > 0) return
  throw new Refusal(
    'nothing_changed',
    `Nothing but tests and documents changed since ${task.id} was red, so a test that passes now would pass by itself; nothing was run.`,
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

function keep(desk: Desk, task: Task, witnessed: Witnessed, names: string[]): Recorded {
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
    names,
    named: [],
  })
  takeClaim(desk.state, desk.plan.feature.id, task.id, desk.call.holder, new Date())
  if (event?.kind !== 'green') throw new Error('A GREEN was recorded as something else.')
  return recordedRun(desk, event)
}
