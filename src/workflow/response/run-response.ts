import { resourceUri } from '../context/resource-uri.ts'
import {
  filesWithAddedTests,
  testsChangedAfterCode,
  type ChangedTests,
} from '../../evidence/changed-tests.ts'
import { eventId, type Event, type EventOf } from '../../evidence/event.ts'
import { isSettingsCommand } from '../../evidence/proof-strength.ts'
import type { RecordedTest } from '../../evidence/event-parts.ts'
import type { Counts } from '../../evidence/outcome.ts'
import { formatList } from '../../plan/format-list.ts'
import type { Stage } from '../../evidence/stage.ts'
import type { NextStep } from '../context/call.ts'
import type { Context } from '../context/context.ts'
import { requireTask } from '../context/named-task.ts'
import { boundedTests } from './bounded-tests.ts'
import { lastLines, shownCommand } from '../testing/run-record.ts'
import { nextFor } from './next-step.ts'
import { mutationNotes } from './mutation-notes.ts'
import { predictedFailure, type PredictedFailure } from './predicted-failure.ts'
import { redNotes } from './red-notes.ts'
import { repeatedNote } from './repeated.ts'

/** The answer with a recorded run of tests. */
export interface RunResponse {
  task: string
  stage: Stage
  /** Event id in the ledger. */
  evidence: string
  /** Without the arguments that name the server's own reporter. */
  command: string[]
  exitCode: number | null
  tests: RecordedTest[]
  counts: Counts
  /** The last lines of the output: few if the run passed, or if each failed test has its message. */
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
  /** How the tests fail by the plan, and whether they did. */
  predicted?: PredictedFailure
  /** Lines to read before the next step. */
  notes?: string[]
  next: NextStep
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
    command: shownCommand(run?.command ?? []),
    exitCode: run?.exitCode ?? null,
    ...boundedTests(context, event),
    counts: event.counts,
    output: lastLines(run?.output ?? '', linesToShow(event)),
    log: run ? resourceUri(feature, `runs/${run.id}`) : '',
    ...(run?.exitCodeOnly && { exitCodeOnly: true }),
    ...(run && isSettingsCommand(run) && { settingsCommand: true }),
    ...(event.kind === 'red' &&
      event.loadFailure && { loadFailure: true, loadErrors: event.loadErrors }),
    ...(event.kind === 'green' && changedTestsOf(context, event)),
    ...(event.kind === 'red' && event.checkout && { checkout: event.checkout }),
    ...predictionOf(context, event),
    ...notesOf(context, event),
    next: nextFor(
      context,
      requireTask(context, event.task),
      event.kind,
      event.kind === 'red' ? event : undefined,
    ),
  }
}

/** How many lines of the output an answer has. If the tests fail with messages, those say what failed. */
function linesToShow(event: EventOf<'red'> | EventOf<'green'>): number {
  if (event.kind === 'green') return PASSING_LINES
  const failed = event.tests.filter(({ outcome }) => outcome !== 'passed')
  const hasMessages = failed.length > 0 && failed.every(({ message }) => message !== undefined)
  return hasMessages ? EXPLAINED_LINES : FAILING_LINES
}

const PASSING_LINES = 3
const EXPLAINED_LINES = 3
const FAILING_LINES = 12

function predictionOf(
  context: Context,
  event: EventOf<'red'> | EventOf<'green'>,
): Pick<RunResponse, 'predicted'> {
  const predicted = event.kind === 'red' ? predictedFailure(context, event) : undefined
  return predicted ? { predicted } : {}
}

function notesOf(
  context: Context,
  event: EventOf<'red'> | EventOf<'green'>,
): Pick<RunResponse, 'notes'> {
  const notes =
    event.kind === 'red'
      ? redNotes(context, event)
      : [...addedTestNotes(context, event), ...mutationNotes(context, event)]
  return notes.length > 0 ? { notes } : {}
}

function changedTestsOf(
  context: Context,
  green: EventOf<'green'>,
): Pick<RunResponse, 'changedTests'> {
  const changed = testsChangedAfterCode(eventsSinceStart(context, green)).find(
    ({ task }) => task === green.task,
  )
  return changed ? { changedTests: changed } : {}
}

function addedTestNotes(context: Context, green: EventOf<'green'>): string[] {
  const files = filesWithAddedTests(eventsSinceStart(context, green), green.task)
  return files.length > 0
    ? [
        `Tests were added or formatted after the RED (${formatList(files, 3)}). Those of the RED did not change otherwise.`,
      ]
    : []
}

function eventsSinceStart({ ledger, histories }: Context, { task }: EventOf<'green'>): Event[] {
  const start = histories.get(task)?.start
  // Searched from the end, because the task was started recently.
  const at = start ? ledger.events.findLastIndex(({ hash }) => hash === start.hash) : 0
  return ledger.events.slice(at)
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
