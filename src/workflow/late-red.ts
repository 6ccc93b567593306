import type { EventOf, SeenTest } from '../evidence/event.ts'
import { judgeGreen, judgeRed, type Nothing } from '../evidence/verdict.ts'
import { isSource } from '../plan/file-role.ts'
import type { Task } from '../plan/plan.ts'
import { aside } from './aside.ts'
import { isOfTests } from './counterfactual.ts'
import type { Desk } from './desk.ts'
import { refuseMoved } from './gates/moved.ts'
import { mayMove, type Started } from './gates/may-move.ts'
import type { TestFiles } from './gates/test-files.ts'
import { filesAtStart, keptFiles, type Kept } from './keep-files.ts'
import { keepRed } from './keep-run.ts'
import { atDesk } from './open-desk.ts'
import { isOwnModule } from './own-module.ts'
import { Refusal } from './refusal.ts'
import { fenced, refuseVerdict } from './refuse-verdict.ts'
import { frozenBy, hashesOf, runAt, witness, type Bench, type Witnessed } from './test-run.ts'

/**
 * A RED for code that is there already: the sources are put back, aside, to what they were when the task was started, and
 * where that is not enough, or the task only covers what others built, when the feature was. All else is as it is now.
 */
export async function lateRed(
  desk: Desk,
  started: Started,
  { bench, files }: TestFiles,
  names: string[],
): Promise<EventOf<'red'>> {
  const { task } = started
  const bytes = { files: hashesOf(desk, files), frozen: frozenBy(desk, bench, files) }
  let passing: Refusal | undefined
  for (const base of basesOf(desk, started)) {
    const red = await aside(
      desk,
      base,
      file => !isPutBack(bench, file),
      async ({ root, tree }) => {
        const seen = await runAt(desk, bench, root, { files, names })
        const verdict = judgeRed(seen.outcome, {
          kind: 'test',
          allowMissing: 'test',
          isOwn: missing => isOwnModule(bench, root, missing),
        })
        if (verdict.proves === 'nothing' && verdict.code === 'red_passes') {
          passing = stillPasses(desk, task, verdict.fact)
          return undefined
        }
        if (verdict.proves === 'nothing') throw refuseVerdict(desk, task, 'RED', verdict, seen)
        const tests = verdict.shallow
          ? await namesOfNow(desk, task, bench, files, names)
          : seen.tests
        return atDesk(desk.call, now => {
          mayMove(now, task, 'record_red')
          const proving = { ...seen, ...bytes, tests, after: tree }
          return keepRed(now, task, proving, { names, aside: 'late', root })
        })
      },
    )
    if (red) return red
  }
  throw passing ?? noSources(desk, task)
}

/** The sources that a test may be seen to fail on, the nearest first. */
function basesOf({ ledger }: Desk, { task, start }: Started): Kept[] {
  const first = filesAtStart(ledger.events)
  const bases = task.kind === 'cover' ? [first] : [keptFiles(start), first]
  const kept = bases.filter(base => base !== undefined)
  return kept.filter((base, index) => kept.findIndex(({ tree }) => tree === base.tree) === index)
}

function isPutBack(bench: Bench, file: string): boolean {
  return isSource(file) && !isOfTests(bench, file)
}

/** A module that was not there counts as failing; which tests that makes fail is seen where it is there, and they pass. */
async function namesOfNow(
  desk: Desk,
  task: Task,
  bench: Bench,
  files: readonly string[],
  names: readonly string[],
): Promise<SeenTest[]> {
  const witnessed = await witness(desk, bench, files, names)
  refuseMoved(desk, task, witnessed)
  const verdict = judgeGreen(witnessed.outcome, [])
  if (verdict.proves === 'nothing') throw failsNow(desk, task, verdict, witnessed)
  return witnessed.tests.map(asFailed)
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
function failsNow(desk: Desk, task: Task, { code, fact }: Nothing, { run }: Witnessed): Refusal {
  return new Refusal(
    code,
    `With the code as it is now: ${fact}`,
    `No RED was recorded for ${task.id}, because a late one is for code that is there already.`,
    `Make the tests pass with it, or ${desk.call.surface.tell('record_red', { task: task.id })} without \`late\`.`,
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
