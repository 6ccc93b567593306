import type { EventOf } from '../evidence/event.ts'
import type { RunRecord, SeenAgain } from '../evidence/event-parts.ts'
import { judgeGreen } from '../evidence/verdict.ts'
import { mayStart } from '../plan/order.ts'
import type { Task } from '../plan/plan.ts'
import { keepTree, recallTree, takeTree } from '../store/tree.ts'
import type { Call } from './context/call.ts'
import { stillWaits } from './guards/choose-task.ts'
import { confirmByPerson } from './approval/confirm.ts'
import { changesSince } from './checkout/changed-tests.ts'
import { taskOf, type Desk } from './context/context.ts'
import { atDesk, openDesk } from './context/transaction.ts'
import { finishTask } from './completion/finish-task.ts'
import { repeatAnswer, seenBefore, type Marked } from './completion/response.ts'
import { passLint } from './completion/lint.ts'
import { mayMove, type Started } from './guards/may-move.ts'
import { ownChanges, refuseMoved } from './guards/moved.ts'
import { refuseMissingFiles } from './guards/named-files.ts'
import { passSuite, type SuiteSeen } from './completion/suite.ts'
import { refuseUntestedChange } from './completion/untested-change.ts'
import { refuseWeakened } from './completion/weakened-tests.ts'
import { benchOf, seeGreen } from './record-green.ts'
import { Refusal } from './context/refusal.ts'
import { forPerson } from './approval/needs-human.ts'
import { refuseVerdict } from './testing/verdict-refusal.ts'
import { situationOf } from './context/schedule-state.ts'
import { standingsOf } from './context/task-state.ts'
import type { Bench } from './testing/test-runner.ts'
import { witness } from './testing/test-run.ts'

export interface MarkRequest {
  task: string
  /** What was cleaned up, or why nothing was. */
  refactor?: string | undefined
}

/** Checks once more what the task's kind asks for, and only then marks it in the user's file. */
export async function markComplete(call: Call, request: MarkRequest): Promise<Marked> {
  const desk = await openDesk(call)
  const task = taskOf(desk, request.task)
  const standing = standingsOf(desk).get(task.id)
  const done = standing?.stage === 'done' ? standing.history.done : undefined
  if (done) return repeatAnswer(desk, task, done)
  if (task.kind === 'person') return markByPerson(call, desk, task)
  const started = mayMove(desk, task, 'mark_complete')
  await refuseMissingFiles(desk, task)
  if (await proveAgain(desk, started)) return markComplete(call, request)
  const checked = await checkWork(desk, started)
  const before = proofOf(started)
  return atDesk(call, desk => {
    const started = mayMove(desk, taskOf(desk, request.task), 'mark_complete')
    refuseRewritten(desk, task, started.task)
    refuseOtherProof(desk, started, before)
    return finishTask(desk, started.task, {
      ...checked,
      refactor: request.refactor,
      proof: [...proofOf(started), ...(checked.suite ? [checked.suite.proof] : [])],
    })
  })
}

/** Tests that were changed since they were seen are seen again, first without the code and then with it. */
async function proveAgain(desk: Desk, { task, standing }: Started): Promise<boolean> {
  const { red, green } = standing.history
  if (!red) return false
  const bench = benchOf(desk, red)
  const changed = await changesSince(desk, task, bench, red)
  if (changed.length === 0) return false
  if (!green) throw rewritten(desk, task, changed)
  await seeGreen(desk, task, red)
  return true
}

function rewritten(desk: Desk, task: Task, changed: readonly string[]): Refusal {
  return new Refusal(
    'tests_changed',
    `${changed.join(', ')} since the tests of ${task.id} were seen, so it was not marked.`,
    `${desk.call.surface.tell('record_red', { task: task.id })} again, so that they are seen to fail as they are now.`,
  )
}

/** A person looked, and says so: there is nothing that the server could have seen. */
async function markByPerson(call: Call, desk: Desk, task: Task): Promise<Marked> {
  const start = mayStart(desk.plan, task.id, situationOf(desk))
  // To a model it is a person's task whatever it waits for; to a person it says what that is.
  if (!call.surface.ask) throw forPerson(desk, task)
  if (!start.ready) throw stillWaits(desk, task.id, start.waits)
  const question = `${task.id} ${task.title}\nHave you looked, and is it as it should be?`
  const { person, channel } = await confirmByPerson(call, question, `mark-complete ${task.id}`)
  const proven = { tree: '', proof: [], confirmedBy: person, channel }
  return atDesk(call, now => finishTask(now, taskOf(now, task.id), proven))
}

/** What was proven is the task as it was read at the beginning; a person may have rewritten it since. */
function refuseRewritten(desk: Desk, then: Task, now: Task): void {
  if (meaningOf(then) === meaningOf(now)) return
  throw new Refusal(
    'conflict',
    `${now.location.path}, line ${now.location.line}: ${now.id} was rewritten while its tests ran, so it was not marked.`,
    `Nothing was lost. Read the task again, then ${desk.call.surface.tell('mark_complete', { task: now.id })} again.`,
  )
}

/** What was checked is the work that was proven at the beginning of the call. */
function refuseOtherProof(desk: Desk, started: Started, before: readonly string[]): void {
  if (proofOf(started).join() === before.join()) return
  const { id } = started.task
  throw new Refusal(
    'conflict',
    `Another run of ${id} was recorded while its suite ran, so it was not marked.`,
    `Nothing was lost. ${desk.call.surface.tell('mark_complete', { task: id })} again.`,
  )
}

function meaningOf({ title, kind, files, acceptance }: Task): string {
  return JSON.stringify([title, kind, files, acceptance])
}

interface Checked {
  suite?: SuiteSeen
  lint?: RunRecord
  seenAgain: SeenAgain[]
  tree: string
}

/** Tests unchanged, still green on what is there now, suite and linter content. */
async function checkWork(desk: Desk, started: Started): Promise<Checked> {
  const { task, standing } = started
  const seen = standing.history.green ?? standing.history.red
  const bench = seen && Object.keys(seen.files).length > 0 ? benchOf(desk, seen) : undefined
  // Before the suite, which is counted.
  const seenAgain = await refuseWeakened(desk, task)
  const suite = bench && implementsSomething(task) ? await rerun(desk, started, bench) : undefined
  const lint = await passLint(desk, task)
  const now = await takeTree(desk.workspace)
  await refuseUntestedChange(desk, started, now)
  keepTree(desk.state, now)
  const from = recallTree(desk.state, suite?.tree ?? seen?.tree ?? now.hash)
  if (suite && !from) throw new Error('The tree of the suite that just ran was not kept.')
  if (suite && from) refuseMoved(desk, task, { before: from, after: now })
  return { ...(suite && { suite }), ...(lint && { lint }), seenAgain, tree: now.hash }
}

/** A task that only writes tests or settles configuration has nothing that a suite could be broken by. */
function implementsSomething(task: Task): boolean {
  return task.kind === 'build' || task.kind === 'cover'
}

async function rerun(desk: Desk, { task, standing }: Started, bench: Bench): Promise<SuiteSeen> {
  const { red, green, suite } = standing.history
  const now = await takeTree(desk.workspace)
  // The suite was seen on exactly these files, and the answer got lost: no second run is spent.
  if (suite && suite.tree === now.hash && suite.failing.length === 0) return seenBefore(suite)
  const then = green && recallTree(desk.state, green.tree)
  const changed = !then || ownChanges(desk, task, then, now).length > 0
  if (red && changed) await passOwnTests(desk, task, bench, red)
  return passSuite(desk, task, bench)
}

async function passOwnTests(
  desk: Desk,
  task: Task,
  bench: Bench,
  red: EventOf<'red'>,
): Promise<void> {
  const witnessed = await witness(desk, bench, Object.keys(red.files), red.names)
  refuseMoved(desk, task, witnessed)
  const verdict = judgeGreen(witnessed.outcome, red.tests)
  if (verdict.proves === 'nothing') throw refuseVerdict(desk, task, 'GREEN', verdict, witnessed)
}

function proofOf({ standing }: Started): string[] {
  const { red, green } = standing.history
  return [red, green].flatMap(event => (event ? [event.hash] : []))
}
