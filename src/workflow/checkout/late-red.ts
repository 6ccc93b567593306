import type { EventOf } from '../../evidence/event.ts'
import type { RecordedTest } from '../../evidence/event-parts.ts'
import { provenTests } from '../../evidence/proven-tests.ts'
import type { Returns } from '../../runner/stand-ins/stand-in.ts'
import { standInFor } from '../../runner/stand-ins/index.ts'
import { changedPaths, takeTree } from '../../store/tree.ts'
import type { Context } from '../context/context.ts'
import { requireTask } from '../context/named-task.ts'
import { Refusal } from '../context/refusal.ts'
import { withTransaction } from '../context/transaction.ts'
import { requireStage, type StartedTask } from '../guards/require-stage.ts'
import { isNewSinceStart } from '../guards/nothing-new.ts'
import type { TestFiles } from '../guards/test-files.ts'
import { runInCheckout } from '../testing/frozen-files.ts'
import { recordRedRun } from '../testing/record-run.ts'
import { prepareSnapshot, restoreTree } from '../testing/snapshots.ts'
import { refuseVerdict } from '../testing/verdict-refusal.ts'
import { lateBases, type LateBase } from './late-base.ts'
import {
  isCopy,
  onlyLoadFailure,
  passesWithStandIns,
  sourcesMissing,
  stillPasses,
} from './late-refusals.ts'
import { passWithCode, runWithoutCode, type LateRequest, type LateRun } from './late-run.ts'

/**
 * A retroactive RED, for code that exists already. The tests run in a checkout with the sources of the task's start or, if they
 * pass there, with those of an earlier state (see `lateBases`). Everything but the sources is current. As a control, the same
 * tests must pass in a checkout in which the sources are current too.
 */
export async function lateRed(
  context: Context,
  started: StartedTask,
  { testRunner, files }: TestFiles,
  names: string[],
): Promise<EventOf<'red'>> {
  const { task } = started
  const request = { task, testRunner, files, names }
  let stillPassing: Refusal | undefined
  for (const base of lateBases(context, started)) {
    const red = await redOnBase(context, started, request, base)
    if (!(red instanceof Refusal)) return red
    stillPassing = red
  }
  if (stillPassing) throw stillPassing
  throw sourcesMissing(context, task, await isNewHere(context, started, request))
}

/** Records a RED on these sources, or returns a refusal if the tests pass on them. */
async function redOnBase(
  context: Context,
  started: StartedTask,
  request: LateRequest,
  base: LateBase,
): Promise<EventOf<'red'> | Refusal> {
  const { task } = request
  return runWithoutCode(context, request, { base }, async run => {
    const { verdict } = run
    if (verdict.proves === 'nothing' && verdict.code === 'red_passes')
      return stillPasses(context, request, verdict.fact, base)
    if (verdict.proves === 'nothing')
      throw refuseVerdict(context, task, 'RED', verdict, run.observed)
    const control = await passWithCode(context, request, base)
    if (task.kind !== 'build' || failsByAssertion(run))
      return recordLate(context, request, base, { run, control })
    return redWithStandIns(context, started, request, base, { run, control })
  })
}

interface Seen {
  run: LateRun
  control: RecordedTest[]
}

/**
 * For tests in which no assertion failed without the code. Stand-ins replace the missing code, so that an assertion can be reached:
 * functions that return nothing or, if that makes a test fail with an error, a value that can be used.
 */
async function redWithStandIns(
  context: Context,
  started: StartedTask,
  request: LateRequest,
  base: LateBase,
  seen: Seen,
): Promise<EventOf<'red'>> {
  const { task } = request
  let isError = !isLoadFailure(seen.run)
  for (const returns of await variantsFor(context, base)) {
    const recorded = await runWithoutCode(context, request, { base, returns }, async run => {
      const { verdict } = run
      if (verdict.proves === 'nothing' && verdict.code === 'red_passes')
        throw passesWithStandIns(context, request, verdict.fact)
      if (failsByAssertion(run) || (returns === 'stand-ins' && isErrorOnly(run)))
        return recordLate(context, request, base, { ...seen, run })
      isError ||= isErrorOnly(run)
      return undefined
    })
    if (recorded) return recorded
  }
  if (isError && !isLoadFailure(seen.run)) return recordLate(context, request, base, seen)
  throw onlyLoadFailure(
    context,
    task,
    seen.run.observed,
    await isNewHere(context, started, request),
  )
}

/** Stand-ins are tried only if a changed file is written in a language for which they are known. */
async function variantsFor(context: Context, base: LateBase): Promise<Returns[]> {
  const before = await restoreTree(context, base)
  const now = await takeTree(context.workspace)
  const changed = before ? changedPaths(before, now) : []
  return changed.some(file => standInFor(file) !== undefined) ? ['nothing', 'stand-ins'] : []
}

function failsByAssertion({ verdict, observed }: LateRun): boolean {
  return (
    verdict.proves === 'red' &&
    !verdict.loadFailure &&
    // The exit code alone does not say why a test failed.
    (observed.tests.some(({ reason }) => reason === 'assertion') ||
      observed.outcome.exitCodeOnly === true)
  )
}

function isLoadFailure({ verdict }: LateRun): boolean {
  return verdict.proves === 'red' && verdict.loadFailure
}

function isErrorOnly({ verdict }: LateRun): boolean {
  return verdict.proves === 'red' && !verdict.loadFailure
}

async function recordLate(
  context: Context,
  request: LateRequest,
  base: LateBase,
  { run: { observed, verdict, checkout }, control }: Seen,
): Promise<EventOf<'red'>> {
  const { task, testRunner, files, names } = request
  const isUnloaded = verdict.proves === 'red' && verdict.loadFailure
  const tests = isUnloaded ? control.map(asFailed) : observed.tests
  if (base.of !== 'task') refuseCopies(context, request, tests)
  await prepareSnapshot(context, checkout.tree, checkout.root)
  return withTransaction(context.call, now => {
    const { task: same } = requireStage(now, requireTask(now, task.id), 'record_red')
    const hashes = runInCheckout(context, testRunner, files, checkout)
    return recordRedRun(
      now,
      same,
      { ...observed, tests, ...hashes },
      { names, checkout: 'late', base: base.of, root: checkout.root },
    )
  })
}

/** Refuses copies of tests that proved other tasks, even in a file with another name: they prove nothing about this task. */
function refuseCopies(
  context: Context,
  { task }: LateRequest,
  tests: readonly RecordedTest[],
): void {
  const known = new Set(
    [...provenTests(context.ledger.events)].map(([id, { file }]) => nameIn(id, file)),
  )
  const failed = tests.filter(test => test.outcome === 'failed')
  if (task.kind !== 'build' || !failed.every(({ id, file }) => known.has(nameIn(id, file)))) return
  throw isCopy(context, task, failed[0]?.id ?? '')
}

function nameIn(id: string, file: string): string {
  return id.slice(file.length)
}

function asFailed(test: RecordedTest): RecordedTest {
  if (test.outcome !== 'passed') return test
  return {
    ...test,
    outcome: 'failed',
    reason: 'error',
    message: 'Its file cannot be loaded without the code.',
  }
}

/** Whether the code is new since the task was started. Only then is a GREEN after a RED without the code accepted. */
async function isNewHere(
  context: Context,
  { task, start }: StartedTask,
  { testRunner }: LateRequest,
): Promise<boolean> {
  return task.kind !== 'build' || isNewSinceStart(context, task, testRunner, start)
}
