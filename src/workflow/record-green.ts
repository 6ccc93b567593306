import type { EventOf } from '../evidence/event.ts'
import { judgeGreen } from '../evidence/verdict.ts'
import { isDocument } from '../plan/file-role.ts'
import type { Task } from '../plan/plan.ts'
import { takeTree, type Tree } from '../store/tree.ts'
import type { Call } from './context/call.ts'
import { anotherRed, changesSince, redOfNow, treeAtRed } from './checkout/changed-tests.ts'
import { taskOf, type Desk } from './context/context.ts'
import { atDesk, openDesk } from './context/transaction.ts'
import { mayMove } from './guards/may-move.ts'
import { ownChanges, refuseMoved } from './guards/moved.ts'
import { isOfTests } from './testing/inline-tests.ts'
import { prepareFiles } from './testing/snapshots.ts'
import { keepGreen } from './testing/record-run.ts'
import { recordCheck } from './record-check.ts'
import { recordedRun, type Recorded } from './record-red.ts'
import { Refusal } from './context/refusal.ts'
import { refuseVerdict } from './testing/verdict-refusal.ts'
import { benchFor, type Bench } from './testing/test-runner.ts'
import { witness, type WitnessedRun } from './testing/test-run.ts'

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
  return recordedRun(desk, await seeGreen(desk, task, red))
}

/** Runs the tests that were red, in the bytes of their RED, sees them pass, and records it. */
export async function seeGreen(
  desk: Desk,
  task: Task,
  recorded: EventOf<'red'>,
): Promise<EventOf<'green'>> {
  const bench = benchOf(desk, recorded)
  const red = await redOfNow(desk, task, bench, recorded)
  const now = await takeTree(desk.workspace)
  refuseNothingChanged(desk, task, bench, [await treeAtRed(desk, task, red), now])
  const witnessed = await witness(desk, bench, Object.keys(red.files), red.names)
  await judge(desk, task, bench, red, witnessed)
  await prepareFiles(desk, witnessed.after)
  return atDesk(desk.call, desk => {
    const { task: same, standing } = mayMove(desk, taskOf(desk, task.id), 'record_green')
    if (standing.history.red?.hash !== red.hash) throw anotherRed(desk, task)
    return keepGreen(desk, same, witnessed, red.names)
  })
}

function movedTests(changed: readonly string[]): Refusal {
  return new Refusal(
    'moved',
    `${changed.join(', ')} while the tests ran, so the run proves nothing and was not recorded.`,
    'Let the files rest and call the same step again.',
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

/** A test that turns green although nothing was done is flaky, or hangs on something that is no part of the work. */
function refuseNothingChanged(desk: Desk, task: Task, bench: Bench, trees: [Tree, Tree]): void {
  const done = ownChanges(desk, task, ...trees).filter(
    file => !isOfTests(bench, file) && (!isDocument(file) || task.files.includes(file)),
  )
  if (done.length > 0) return
  throw new Refusal(
    'nothing_changed',
    `Nothing but tests and documents changed since ${task.id} was red, so a test that passes now would pass by itself; nothing was run.`,
    `Write the code for ${task.id}, then ${desk.call.surface.tell('record_green', { task: task.id })} again.`,
  )
}

async function judge(
  desk: Desk,
  task: Task,
  bench: Bench,
  red: EventOf<'red'>,
  witnessed: WitnessedRun,
): Promise<void> {
  refuseMoved(desk, task, witnessed)
  const changed = await changesSince(desk, task, bench, red)
  if (changed.length > 0) throw movedTests(changed)
  const verdict = judgeGreen(witnessed.outcome, red.tests)
  if (verdict.proves === 'nothing') throw refuseVerdict(desk, task, 'GREEN', verdict, witnessed)
}
