import type { EventOf } from '../../evidence/event.ts'
import type { SeenTest } from '../../evidence/event-parts.ts'
import { provenTests } from '../../evidence/proven.ts'
import type { LoadError } from '../../evidence/outcome.ts'
import {
  judgeGreen,
  judgeRed,
  type Nothing,
  type RedVerdict,
  type Shallowness,
} from '../../evidence/verdict.ts'
import { isSource } from '../../plan/file-role.ts'
import type { Task } from '../../plan/plan.ts'
import { aside } from './checkout.ts'
import { taskOf, type Desk } from '../context/context.ts'
import { mayMove, type Started } from '../guards/may-move.ts'
import type { TestFiles } from '../guards/test-files.ts'
import { isMixed, isOfTests, overlayOf } from '../testing/inline-tests.ts'
import { filesAtStart, keptFiles, keptText, prepareFiles, type Kept } from '../testing/snapshots.ts'
import { keepRed } from '../testing/record-run.ts'
import { atDesk } from '../context/transaction.ts'
import { Refusal } from '../context/refusal.ts'
import { fenced, refuseVerdict } from '../testing/verdict-refusal.ts'
import type { Bench } from '../testing/test-runner.ts'
import { provingIn } from '../testing/frozen-files.ts'
import { runAt, type TestRun } from '../testing/test-run.ts'

/**
 * A RED for code that is there already: the sources are put back, aside, to what they were when the task was started, and
 * where that is not enough, or the task only covers what others built, when the feature was. All else is as it is now; and
 * with everything as it is now the tests have to pass there, or failing would say nothing about the code.
 */
export async function lateRed(
  desk: Desk,
  started: Started,
  { bench, files }: TestFiles,
  names: string[],
): Promise<EventOf<'red'>> {
  const { task } = started
  const request = { task, bench, files, names }
  let passing: Refusal | undefined
  for (const base of basesOf(desk, started)) {
    const red = await lateOn(desk, request, base)
    if (!(red instanceof Refusal)) return red
    passing = red
  }
  throw passing ?? noSources(desk, task)
}

interface Request {
  task: Task
  bench: Bench
  files: string[]
  names: string[]
}

/** The RED on these sources, or why the tests pass on them. */
async function lateOn(desk: Desk, request: Request, base: Base): Promise<EventOf<'red'> | Refusal> {
  const { task, bench, files, names } = request
  return aside(
    desk,
    base,
    overlayOf(bench, file => !isPutBack(bench, file)),
    async ({ root, tree }) => {
      const ran = await runAt(desk, bench, root, { files, names })
      const loadErrors = [...ran.outcome.loadErrors, ...(await unreached(desk, request, base))]
      const seen = { ...ran, outcome: { ...ran.outcome, loadErrors } }
      const verdict = judgeLate(ran, loadErrors)
      if (verdict.proves === 'nothing' && verdict.code === 'red_passes')
        return stillPasses(desk, task, verdict.fact)
      if (verdict.proves === 'nothing') throw refuseVerdict(desk, task, 'RED', verdict, seen)
      const control = await passing(desk, request, base)
      const tests = verdict.shallow ? control.map(asFailed) : seen.tests
      if (base.of === 'feature') refuseCopies(desk, task, tests)
      await prepareFiles(desk, tree, root)
      return atDesk(desk.call, now => {
        const { task: same } = mayMove(now, taskOf(now, task.id), 'record_red')
        const proving = { ...seen, tests, ...provingIn(desk, bench, files, { root, tree }) }
        return keepRed(now, same, proving, { names, aside: 'late', base: base.of, root })
      })
    },
  )
}

/** Tests among code are found by the code: in a source that was not there then, nothing could have run them. */
async function unreached(desk: Desk, { bench, files }: Request, base: Base): Promise<LoadError[]> {
  const mixed = files.filter(file => isMixed(bench, file))
  const then = await Promise.all(mixed.map(file => keptText(desk, base, file)))
  return mixed
    .filter((_file, index) => then[index] === undefined)
    .map(file => ({ file, message: 'It is no part of the program without the code.' }))
}

function judgeLate({ outcome }: TestRun, loadErrors: readonly LoadError[]): RedVerdict {
  const verdict = judgeRed(outcome, ANY_MISSING)
  const isEmpty = verdict.proves === 'nothing' && verdict.code === 'no_tests_ran'
  return isEmpty && loadErrors.length > 0 ? { proves: 'red', shallow: true } : verdict
}

/** What cannot be loaded without the code of now is missing because of it: with that code it could be loaded. */
const ANY_MISSING: Shallowness = { kind: 'test', allowMissing: 'test', isOwn: () => true }

interface Base extends Kept {
  /** Whose start the sources are put back to. */
  of: 'task' | 'feature'
}

/** The sources that a test may be seen to fail on, the nearest first. */
function basesOf({ ledger }: Desk, { task, start }: Started): Base[] {
  const own = task.kind === 'cover' ? undefined : keptFiles(start)
  const first = filesAtStart(ledger.events)
  return [
    ...(own ? [{ ...own, of: 'task' as const }] : []),
    ...(first && first.tree !== own?.tree ? [{ ...first, of: 'feature' as const }] : []),
  ]
}

function isPutBack(bench: Bench, file: string): boolean {
  return isSource(file) && !isOfTests(bench, file)
}

/** The tests as they pass aside with everything as it is now: what fails there without the code fails for want of it. */
async function passing(desk: Desk, request: Request, base: Base): Promise<SeenTest[]> {
  const { task, bench, files, names } = request
  return aside(
    desk,
    base,
    () => true,
    async ({ root }) => {
      const seen = await runAt(desk, bench, root, { files, names })
      const verdict = judgeGreen(seen.outcome, [])
      if (verdict.proves === 'nothing') throw failsNow(desk, task, verdict, seen)
      return seen.tests
    },
  )
}

/** Tests that have proven other work already say nothing about this one, under whatever name their file goes. */
function refuseCopies(desk: Desk, task: Task, tests: readonly SeenTest[]): void {
  const known = new Set(
    [...provenTests(desk.ledger.events)].map(([id, { file }]) => nameIn(id, file)),
  )
  const failed = tests.filter(test => test.outcome === 'failed')
  if (task.kind === 'cover' || !failed.every(({ id, file }) => known.has(nameIn(id, file)))) return
  throw new Refusal(
    'red_not_new',
    `"${failed[0]?.id ?? ''}" has the name of a test that has proven another task, and fails only on the sources of before the feature.`,
    `No RED was recorded for ${task.id}. Write a test that asks for what ${task.id} adds.`,
  )
}

function nameIn(id: string, file: string): string {
  return id.slice(file.length)
}

function asFailed(test: SeenTest): SeenTest {
  if (test.outcome !== 'passed') return test
  return {
    ...test,
    outcome: 'failed',
    reason: 'error',
    message: 'Its file cannot be loaded without the code.',
  }
}

/** A late RED is for code that is there: with it, its tests pass. */
function failsNow(desk: Desk, task: Task, { code, fact }: Nothing, { run }: TestRun): Refusal {
  return new Refusal(
    code,
    `In a checkout with everything as it is now: ${fact}`,
    `No RED was recorded for ${task.id}, because a late one is for code that is there already and makes its tests pass there.`,
    `Make them pass with it (what they need has to be known to git, or to be installed), or ${desk.call.surface.tell('record_red', { task: task.id })} without \`late\`.`,
    fenced(run.output),
  )
}

function stillPasses(desk: Desk, task: Task, fact: string): Refusal {
  return new Refusal(
    'red_passes',
    `${fact.replace(/\.$/, '')} with the sources put back to what they were before the work, so it does not tell whether the code is there.`,
    `No RED was recorded for ${task.id}. Make the test ask for what the code does; for code that is older than the feature, take it away for a moment and ${desk.call.surface.tell('record_red', { task: task.id })} without \`late\`.`,
  )
}

function noSources(desk: Desk, task: Task): Refusal {
  return new Refusal(
    'no_git',
    `Git keeps no sources of before ${task.id}, so its tests could not be seen to fail on them, and nothing was run.`,
    `Take the code under test away for a moment, ${desk.call.surface.tell('record_red', { task: task.id })} without \`late\`, and put it back.`,
  )
}
