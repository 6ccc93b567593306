import { resourceUri } from './context/resource-uri.ts'
import { testsChangedAfterCode, type ChangedTests } from '../evidence/changed-tests.ts'
import { eventId, type EventOf } from '../evidence/event.ts'
import { isSettingsCommand } from '../evidence/proof-strength.ts'
import type { RecordedTest } from '../evidence/event-parts.ts'
import type { Counts } from '../evidence/outcome.ts'
import { judgeRed } from '../evidence/verdict.ts'
import type { Stage } from '../evidence/stage.ts'
import type { Call, NextStep } from './context/call.ts'
import { requireTask, type Context } from './context/context.ts'
import { showActivity } from './context/leases.ts'
import { withTransaction, openContext } from './context/transaction.ts'
import { requireStage, type StartedTask } from './guards/may-move.ts'
import { refuseMoved } from './guards/moved.ts'
import { testFilesOf, type TestFiles } from './guards/test-files.ts'
import { refuseOtherRepository } from './guards/other-repository.ts'
import { prepareSnapshot } from './testing/snapshots.ts'
import { recordRedRun } from './testing/record-run.ts'
import { lateRed } from './checkout/late-red.ts'
import { boundedTests } from './response/bounded-tests.ts'
import { nextFor } from './response/next-step.ts'
import { redNotes } from './response/red-notes.ts'
import { repeatedNote } from './response/repeated.ts'
import { isOwnModule } from './testing/own-module.ts'
import { refuseVerdict } from './testing/verdict-refusal.ts'
import { frozenBy, hashesOf } from './testing/frozen-files.ts'
import { runAndObserve, type ObservedRun } from './testing/observed-run.ts'

/** The answer with a recorded run of tests. */
export interface RunResponse {
  task: string
  stage: Stage
  /** Event id in the ledger. */
  evidence: string
  command: string[]
  exitCode: number | null
  tests: RecordedTest[]
  counts: Counts
  /** The last lines of the output. */
  output: string
  /** URI of the whole output. */
  log: string
  /** The tests could not be loaded yet, so the RED has no test ids. */
  loadFailure?: true
  /** The runner wrote no report, so only its exit code is known. */
  exitCodeOnly?: true
  /** The test command is one of the settings. */
  settingsCommand?: true
  /** How many tests the list leaves out, and the document that has them all. */
  testsLeftOut?: { count: number; document: string }
  loadErrors?: { file: string; message: string }[]
  /** Why the RED was run in a temporary checkout: the code already existed, or the tests changed after their first RED. */
  checkout?: 'late' | 'tests-changed'
  /** The tests were changed after the code was written. */
  changedTests?: ChangedTests
  /** An earlier call recorded this result, and nothing was run now. */
  repeated?: true
  /** Lines to read before the next step. */
  notes?: string[]
  next: NextStep
}

export interface RedRequest {
  task: string
  tests: string[]
  names?: string[] | undefined
  late?: boolean | undefined
}

/** Runs the tests of a task and records that they fail because the behaviour is missing. */
export async function recordRed(call: Call, request: RedRequest): Promise<RunResponse> {
  const context = await openContext(call)
  const task = requireTask(context, request.task)
  const started = requireStage(context, task, 'record_red')
  showActivity(context, task)
  refuseOtherRepository(context, task)
  const tests = await testFilesOf(context, started, request.tests, request.late)
  const names = request.names ?? []
  const known = sameRun(context, started, tests, names)
  if (known) return repeatedRun(context, known, ...lateIgnored(known, request))
  if (request.late) return runResponse(context, await lateRed(context, started, tests, names))
  const observed = await runAndObserve(context, tests.testRunner, tests.files, names)
  const loadFailure = judge(context, started, tests, observed)
  await prepareSnapshot(context, observed.after)
  return withTransaction(call, async context => {
    const { task } = requireStage(context, requireTask(context, request.task), 'record_red')
    return runResponse(context, await recordRedRun(context, task, observed, { names, loadFailure }))
  })
}

/** The answer for a run that an earlier call recorded. */
export function repeatedRun(
  context: Context,
  event: EventOf<'red'> | EventOf<'green'>,
  ...ignored: string[]
): RunResponse {
  const { notes = [], ...response } = runResponse(context, event)
  const why = event.kind === 'red' ? 'its tests have not changed' : 'no file has changed'
  const since = repeatedNote(event, `${why} since`)
  return { ...response, repeated: true, notes: [since, ...ignored, ...notes] }
}

function lateIgnored({ task, checkout }: EventOf<'red'>, { late }: RedRequest): string[] {
  return late && checkout !== 'late'
    ? [`\`late\` was ignored: ${task} is red already, and that RED counts.`]
    : []
}

/** The answer for a recorded run. */
export function runResponse(
  context: Context,
  event: EventOf<'red'> | EventOf<'green'>,
): RunResponse {
  const { run } = event
  const { feature } = context.plan
  return {
    task: event.task,
    stage: event.kind,
    evidence: eventId(event),
    command: run?.command ?? [],
    exitCode: run?.exitCode ?? null,
    ...boundedTests(context, event),
    counts: event.counts,
    output: run?.output ?? '',
    log: run ? resourceUri(feature, `runs/${run.id}`) : '',
    ...(run?.exitCodeOnly && { exitCodeOnly: true }),
    ...(run && isSettingsCommand(run) && { settingsCommand: true }),
    ...(event.kind === 'red' &&
      event.loadFailure && { loadFailure: true, loadErrors: event.loadErrors }),
    ...(event.kind === 'green' && changedTestsOf(context, event)),
    ...(event.kind === 'red' && event.checkout && { checkout: event.checkout }),
    ...notesOf(context, event),
    next: nextFor(
      context,
      requireTask(context, event.task),
      event.kind,
      event.kind === 'red' ? event : undefined,
    ),
  }
}

function notesOf(
  context: Context,
  event: EventOf<'red'> | EventOf<'green'>,
): Pick<RunResponse, 'notes'> {
  const notes = event.kind === 'red' ? redNotes(context, event) : []
  return notes.length > 0 ? { notes } : {}
}

function changedTestsOf(
  { ledger, histories }: Context,
  green: EventOf<'green'>,
): Pick<RunResponse, 'changedTests'> {
  const start = histories.get(green.task)?.start
  const from = start ? ledger.events.findIndex(({ hash }) => hash === start.hash) : 0
  const changed = testsChangedAfterCode(ledger.events.slice(from)).find(
    ({ task }) => task === green.task,
  )
  return changed ? { changedTests: changed } : {}
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

function judge(
  context: Context,
  started: StartedTask,
  tests: TestFiles,
  observed: ObservedRun,
): boolean {
  const { task } = started
  refuseMoved(context, task, observed)
  const verdict = judgeRed(observed.outcome, {
    kind: task.kind,
    allowMissing: context.settings.red.allowMissing,
    isOwn: missing => isOwnModule(tests.testRunner, context.workspace.root, missing),
  })
  if (verdict.proves === 'red') return verdict.loadFailure
  throw refuseVerdict(context, task, 'RED', verdict, observed)
}
