import type { EventOf } from '../../evidence/event.ts'
import { judgeAgain } from '../../evidence/verdict.ts'
import type { Task } from '../../plan/plan.ts'
import { changedPaths, takeTree, type Tree } from '../../store/tree.ts'
import { aside } from './checkout.ts'
import { taskOf, type Desk } from '../context/context.ts'
import { mayMove } from '../guards/may-move.ts'
import { supportChanges, testChanges } from '../guards/unchanged-tests.ts'
import { hashOfTests, isMixed, isOfTests, overlayOf } from '../testing/inline-tests.ts'
import { prepareFiles, treeSeen, keptText } from '../testing/snapshots.ts'
import { keepRed } from '../testing/record-run.ts'
import { atDesk } from '../context/transaction.ts'
import { Refusal } from '../context/refusal.ts'
import { refuseVerdict } from '../testing/verdict-refusal.ts'
import type { Bench } from '../testing/test-runner.ts'
import { provingIn } from '../testing/frozen-files.ts'
import { runAt } from '../testing/test-run.ts'

/**
 * The RED of the tests as they are now: the recorded one while they have its bytes. When they were changed, they are run
 * on the sources of RED, aside; if what was red fails there again, that is their RED, and is recorded as one.
 */
export async function redOfNow(
  desk: Desk,
  task: Task,
  bench: Bench,
  red: EventOf<'red'>,
): Promise<EventOf<'red'>> {
  const changed = await changesSince(desk, task, bench, red)
  if (changed.length === 0) return red
  if (red.snapshot === undefined) throw unseen(desk, task, changed)
  return seenAside(desk, task, bench, { ...red, snapshot: red.snapshot }, changed)
}

/** What changed of the tests since RED; refuses what no run could make good. */
export async function changesSince(
  desk: Desk,
  task: Task,
  bench: Bench,
  red: EventOf<'red'>,
): Promise<string[]> {
  const { tests, gone, configuration } = testChanges(desk, bench, red)
  if (configuration.length > 0) throw otherConfiguration(task, configuration)
  if (gone.length > 0) throw testsGone(desk, task, gone)
  const now = await takeTree(desk.workspace)
  const before = await treeAtRed(desk, task, red)
  const support = supportChanges(bench, task, { before, now })
  const among = await changesAmongCode(desk, bench, red, changedPaths(before, now))
  return [...new Set([...tests, ...support, ...among])]
}

/** What is compiled for tests alone can stand in any source, and decide what the tests of another one say. */
async function changesAmongCode(
  desk: Desk,
  bench: Bench,
  red: EventOf<'red'>,
  changed: readonly string[],
): Promise<string[]> {
  const others = changed.filter(file => isMixed(bench, file) && red.files[file] === undefined)
  const found: string[] = []
  for (const file of others) {
    const then = hashOfTests(bench, (await keptText(desk, red, file)) ?? '')
    const now = hashOfTests(bench, desk.shelf.read(file) ?? '')
    if (then !== now) found.push(`what ${file} has for tests alone was changed`)
  }
  return found
}

/** The files as they were at RED; without them nothing can be said about what changed. */
export function treeAtRed(desk: Desk, task: Task, red: EventOf<'red'>): Promise<Tree> {
  return treeSeen(desk, task, red, 'was red with')
}

function seenAside(
  desk: Desk,
  task: Task,
  bench: Bench,
  red: EventOf<'red'> & { snapshot: string },
  changed: readonly string[],
): Promise<EventOf<'red'>> {
  const files = Object.keys(red.files)
  const { names } = red
  desk.call.note('running the changed tests on the sources of before')
  return aside(
    desk,
    red,
    overlayOf(bench, file => isOfTests(bench, file)),
    async ({ root, tree }) => {
      const seen = await runAt(desk, bench, root, { files, names })
      const verdict = judgeAgain(seen.outcome, red)
      if (verdict.proves === 'nothing') {
        const fact = `${changed.join(', ')} since the tests of ${task.id} were seen to fail, and on the sources of then: ${verdict.fact}`
        throw refuseVerdict(desk, task, 'GREEN', { ...verdict, fact }, seen)
      }
      await prepareFiles(desk, tree, root)
      return atDesk(desk.call, now => {
        const { task: same, standing } = mayMove(now, taskOf(now, task.id), 'record_red')
        if (standing.history.red?.hash !== red.hash) throw anotherRed(now, task)
        const tests = verdict.shallow ? red.tests : seen.tests
        const proving = { ...seen, tests, ...provingIn(desk, bench, files, { root, tree }) }
        return keepRed(now, same, proving, { names, aside: 'tests-changed', root })
      })
    },
  )
}

/** Another call was faster: what this one has seen is about a RED that does not stand any more. */
export function anotherRed(desk: Desk, task: Task): Refusal {
  return new Refusal(
    'conflict',
    `Another RED of ${task.id} was recorded while its tests ran, so this run proves nothing and was not recorded.`,
    `${desk.call.surface.tell('record_green', { task: task.id })} again.`,
  )
}

function otherConfiguration(task: Task, changes: readonly string[]): Refusal {
  return new Refusal(
    'tests_changed',
    `${changes.join(', ')} since the tests of ${task.id} were seen, and decides what they say.`,
    'Nothing was run. Put it back: how tests are run is settled before a task is begun, or after it is done.',
  )
}

function testsGone(desk: Desk, task: Task, gone: readonly string[]): Refusal {
  return new Refusal(
    'tests_missing',
    `${gone.join(', ')} ${gone.length === 1 ? 'is' : 'are'} gone, which ${task.id} was red with, so nothing was run.`,
    `Put ${gone.length === 1 ? 'it' : 'them'} back, then ${desk.call.surface.tell('record_green', { task: task.id })} again.`,
  )
}

/** Without the sources of before, a changed test cannot be seen to fail for want of the new code. */
function unseen(desk: Desk, task: Task, changed: readonly string[]): Refusal {
  return new Refusal(
    'tests_changed',
    `${changed.join(', ')} since the tests of ${task.id} were seen, and git keeps no sources of then to run them on.`,
    'Nothing was run.',
    `Put it back; or, when the test itself was wrong, take the new code away for a moment and ${desk.call.surface.tell('record_red', { task: task.id })} again, so that the changed test is seen to fail.`,
  )
}
