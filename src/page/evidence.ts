import { eventId, type Event, type EventOf } from '../evidence/event.ts'
import type { RecordedTest, RunRecord, TriedMutant } from '../evidence/event-parts.ts'
import { noticedAmong, isSurvivor } from '../evidence/noticed-mutants.ts'
import { nameOfTest } from '../evidence/recorded-tests.ts'
import { readRunLog } from '../store/run-logs.ts'
import type { Context } from '../workflow/context/context.ts'
import { loadContext } from '../workflow/context/load-context.ts'
import { requireTask } from '../workflow/context/named-task.ts'
import { storedSnapshot } from '../workflow/testing/snapshots.ts'
import { detailOf } from '../workflow/report/event-lines.ts'
import { taskRecord } from '../workflow/task-record.ts'
import { holderName, rememberHolders } from './holder-names.ts'
import { pageCall, type Place } from './page-call.ts'
import { taskRow } from './task-row.ts'
import { filesAtRed, testChanges } from './test-changes.ts'
import type { EvidenceStep, StepRun, TaskEvidence, TestView } from './wire.ts'

/** Everything that proves a task, in the order in which it happened. */
export async function taskEvidence(
  place: Place,
  id: string,
  signal: AbortSignal,
): Promise<TaskEvidence> {
  const call = pageCall(place, signal)
  const record = await taskRecord(call, id)
  const context = await loadContext(call)
  const { kindReason } = requireTask(context, record.task.id)
  const { acceptance, files } = record.task
  rememberHolders(context)
  const { red, green } = context.histories.get(record.task.id) ?? {}
  const atRed = red ? await filesAtRed(context, red) : new Map<string, string>()
  return {
    task: { ...taskRow(record.task, false), acceptance, files, kindReason },
    startedAs: record.startedAs,
    steps: record.events.map(event => ({
      ...stepOf(context, event),
      places: event.hash === red?.hash ? failingPlaces(context, red, atRed) : [],
    })),
    created: record.files.created,
    modified: record.files.modified,
    changes: atRed.size > 0 ? testChanges(context, atRed) : null,
    canReplay: [red, green].some(event => event && storedSnapshot(event) !== undefined),
  }
}

function stepOf(context: Context, event: Event): Omit<EvidenceStep, 'places'> {
  return {
    id: eventId(event),
    kind: event.kind,
    title: TITLES[event.kind] ?? event.kind,
    at: event.at,
    by: humanIn(event) ?? holderName(event.by),
    summary: detailOf(event),
    tests: 'tests' in event && Array.isArray(event.tests) ? event.tests.map(testView) : [],
    run: 'run' in event && event.run ? runView(context, event.run) : null,
    notes: notesOf(event),
    share: shareOf(event),
  }
}

/** The lines of test files that the output of a RED names: where expectations are, or else where the tests begin. */
function failingPlaces(
  { state }: Context,
  { run, files }: EventOf<'red'>,
  texts: ReadonlyMap<string, string>,
): EvidenceStep['places'] {
  // The ledger has the last lines without stack frames.
  const output = (readRunLog(state, run.id) ?? run.output).slice(-MAX_OUTPUT_LENGTH)
  return Object.keys(files).flatMap(path => {
    const lines = texts.get(path)?.split(/\r?\n/) ?? []
    const places = linesNamed(output, path).map(line => ({
      path,
      line,
      text: lines[line - 1]?.trim() ?? null,
    }))
    const expectations = places.filter(({ text }) => EXPECTATION.test(text ?? ''))
    return (expectations.length > 0 ? expectations : places).slice(0, MAX_PLACES)
  })
}

const EXPECTATION = /assert|expect|should|require|must/i
const MAX_PLACES = 5
const MAX_OUTPUT_LENGTH = 1_000_000
const MAX_MENTIONS = 200

/** The numbers behind a path, such as 12 in `tests/a.test.js:12:5`. */
function linesNamed(output: string, path: string): number[] {
  const found = new Set<number>()
  let at = output.indexOf(`${path}:`)
  for (let mentions = 0; at >= 0 && mentions < MAX_MENTIONS; mentions += 1) {
    const start = at + path.length + 1
    const [digits] = /^\d{1,7}/.exec(output.slice(start, start + 8)) ?? []
    if (digits !== undefined) found.add(Number(digits))
    at = output.indexOf(`${path}:`, start)
  }
  return [...found]
}

const TITLES: Partial<Record<Event['kind'], string>> = {
  start: 'Started',
  red: 'RED',
  green: 'GREEN',
  before: 'Suite before the refactoring',
  mutation: 'Mutation check',
  suite: 'Suite',
  done: 'Marked complete',
  refused: 'Refused',
  failed: 'Reported as failed',
  resumed: 'Resumed',
  released: 'Released',
  reopened: 'Reopened',
  waived: 'Waived',
  'test-retired': 'Test retired',
}

function humanIn(event: Event): string | undefined {
  const person =
    'person' in event ? event.person : event.kind === 'done' ? event.confirmedBy : undefined
  const channel = 'channel' in event ? event.channel : undefined
  return person === undefined ? undefined : `${person}${channel ? ` (${CHANNELS[channel]})` : ''}`
}

const CHANNELS = {
  terminal: 'at a terminal',
  page: 'on the page',
  elicitation: 'in the client',
}

function testView(test: RecordedTest): TestView {
  const { file, outcome, message } = test
  return { name: nameOfTest(test), file, outcome, message: message ?? null }
}

function runView({ state }: Context, run: RunRecord): StepRun {
  const { id, command, durationMs, exitCode, framework, output } = run
  const hasLog = readRunLog(state, id) !== undefined
  return { id, command: command.join(' '), durationMs, exitCode, framework, output, hasLog }
}

function notesOf(event: Event): string[] {
  if (event.kind === 'red')
    return event.loadErrors.map(({ file, message }) => `${file} could not be loaded: ${message}`)
  if (event.kind === 'mutation') return event.mutants.filter(isSurvivor).map(survivorLine)
  if (event.kind === 'suite') return event.failing.map(test => `${test} failed unexpectedly.`)
  if (event.kind === 'failed') return event.cause === undefined ? [] : [event.cause]
  if (event.kind !== 'done') return []
  return [
    ...event.marks.map(({ path, line, from, to }) => `${path}:${line} ${from} → ${to}`),
    ...(event.refactor === undefined ? [] : [`Clean-up: ${event.refactor}`]),
  ]
}

function survivorLine({ file, line, change }: TriedMutant): string {
  return `${file}:${line}: ${change} was not noticed.`
}

function shareOf(event: Event): EvidenceStep['share'] {
  if (event.kind !== 'mutation') return null
  const noticed = noticedAmong(event.mutants).length
  return { noticed, tried: noticed + event.mutants.filter(isSurvivor).length }
}
