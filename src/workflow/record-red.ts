import type { EventOf } from '../evidence/event.ts'
import type { Outcome } from '../evidence/outcome.ts'
import { judgeRed, type RedVerdict } from '../evidence/verdict.ts'
import type { Task } from '../plan/plan.ts'
import type { Call } from './context/call.ts'
import type { Context } from './context/context.ts'
import { namedTask, requireTask } from './context/named-task.ts'
import { showActivity } from './context/leases.ts'
import { withTransaction, openContext } from './context/transaction.ts'
import { requireStage, type StartedTask } from './guards/require-stage.ts'
import { refuseMoved } from './guards/moved.ts'
import { testFilesOf, type TestFiles } from './guards/test-files.ts'
import { refuseOtherRepository } from './guards/other-repository.ts'
import { writtenSnapshotHint } from './testing/missing-snapshots.ts'
import { otherPathHint } from './testing/other-path.ts'
import { prepareSnapshot, restoreTree } from './testing/snapshots.ts'
import { recordRedRun } from './testing/record-run.ts'
import { lateRed } from './checkout/late-red.ts'
import { repeatedRun, runResponse, type RunResponse } from './response/run-response.ts'
import { isOwnModule } from './testing/own-module.ts'
import { refuseVerdict } from './testing/verdict-refusal.ts'
import { frozenBy, hashesOf } from './testing/frozen-files.ts'
import { runAndObserve, runWarmAndObserve, type ObservedRun } from './testing/observed-run.ts'

export interface RedRequest {
  task: string
  tests: string[]
  names?: string[] | undefined
  late?: boolean | undefined
}

/** Runs the tests of a task and records that they fail because the behaviour is missing. */
export async function recordRed(call: Call, request: RedRequest): Promise<RunResponse> {
  const context = await openContext(call)
  const task = namedTask(context, request.task)
  const started = requireStage(context, task, 'record_red')
  await showActivity(context, task)
  refuseOtherRepository(context, task)
  const tests = await testFilesOf(context, started, request.tests, request.late)
  const names = (request.names ?? []).map(name => withoutFile(name, request.tests ?? []))
  const known = sameRun(context, started, tests, names)
  if (known) return repeatedRun(context, known, ...lateIgnored(known, request))
  if (request.late) return runResponse(context, await lateRed(context, started, tests, names))
  const selection = { files: tests.files, names }
  const observed = endsWithRed(task)
    ? await runAndObserve(context, tests.testRunner, tests.files, names)
    : await runWarmAndObserve(context, tests.testRunner, selection, {
        proves: outcome => verdictOf(context, started, tests, { outcome, names }).proves === 'red',
        runsAgain: true,
      })
  const loadFailure = await judge(context, started, tests, { observed, names })
  await prepareSnapshot(context, observed.after)
  return withTransaction(call, async context => {
    const { task: same } = requireStage(context, requireTask(context, task.id), 'record_red')
    return runResponse(context, await recordRedRun(context, same, observed, { names, loadFailure }))
  })
}

/**
 * Whether the RED is the only proof. It then runs in a new process, because a test can detect that its runner was started before, and no
 * later run would show that.
 */
function endsWithRed({ kind }: Task): boolean {
  return kind === 'test'
}

/** Answers name a test with its file, as in `tests/stack.test.js > pops`, and runners know it without. */
function withoutFile(name: string, tests: readonly string[]): string {
  const prefixes = tests.flatMap(file => [`${file} > `, `${file}::`])
  const prefix = prefixes.find(text => name.startsWith(text)) ?? ''
  return name.slice(prefix.length)
}

function lateIgnored({ task, checkout }: EventOf<'red'>, { late }: RedRequest): string[] {
  return late && checkout !== 'late'
    ? [`\`late\` was ignored: ${task} is red already, and that RED counts.`]
    : []
}

/** The recorded RED, if it is for the same tests and none of them changed: a repeated call needs no second run. */
function sameRun(
  context: Context,
  { status }: StartedTask,
  { testRunner, files }: TestFiles,
  names: readonly string[],
): EventOf<'red'> | undefined {
  const { red } = status.history
  if (!red || red.loadFailure || status.stage !== 'red') return undefined
  if (
    JSON.stringify(sorted(red.frozen)) !==
    JSON.stringify(sorted(frozenBy(context, testRunner, files)))
  )
    return undefined
  const current = JSON.stringify([hashesOf(context, [...files].sort()), names])
  const recorded = JSON.stringify([sorted(red.files), red.names])
  return current === recorded ? red : undefined
}

function sorted(hashes: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(hashes).sort(([a], [b]) => (a < b ? -1 : 1)))
}

async function judge(
  context: Context,
  started: StartedTask,
  tests: TestFiles,
  { observed, names }: { observed: ObservedRun; names: readonly string[] },
): Promise<boolean> {
  const { outcome } = observed
  const { task, start } = started
  const { testRunner, files } = tests
  refuseMoved(context, task, observed)
  const verdict = verdictOf(context, started, tests, { outcome, names })
  if (verdict.proves === 'red') return verdict.loadFailure
  const before = await restoreTree(context, start)
  const hint =
    (verdict.code === 'red_passes' && writtenSnapshotHint(context, testRunner, files, before)) ||
    (await otherPathHint(context, { testRunner, files, outcome, before }))
  throw refuseVerdict(context, task, 'RED', verdict, observed, { tests: files, hint })
}

function verdictOf(
  context: Context,
  { task }: StartedTask,
  { testRunner, files }: TestFiles,
  { outcome, names }: { outcome: Outcome; names: readonly string[] },
): RedVerdict {
  const check = {
    kind: task.kind,
    allowMissing: context.settings.red.allowMissing,
    isOwn: (missing: string) => isOwnModule(testRunner, context.workspace.root, missing),
  }
  return judgeRed(outcome, check, { files, names })
}
