import { eventId, type Event, type EventBody } from '../../evidence/event.ts'
import type { Counts } from '../../evidence/outcome.ts'
import { countOf, formatList } from '../../plan/format-list.ts'
import { describeMutation } from '../response/mutation-notes.ts'
import { oneLine } from '../../runner/safe-text.ts'

/** An event in one line: when, the task, what happened, and the short id. */
export function eventLine(event: Event): string {
  const when = `${event.at.slice(0, 10)} ${event.at.slice(11, 19)}`
  const task = 'task' in event ? event.task : '-'
  const what = [event.kind, detailOf(event)].filter(part => part !== '').join(': ')
  return oneLine(`${when}  ${task}  ${what}  [${eventId(event)}]`)
}

type Details = { [K in EventBody['kind']]: (event: Extract<EventBody, { kind: K }>) => string }

const DETAILS: Details = {
  ids: ({ given }) => countOf(given.length, 'task'),
  start: ({ title, provenAs }) => `${title} (${provenAs})`,
  red: ({ counts, loadFailure, checkout, names }) =>
    phrases(
      loadFailure ? 'the test file could not be loaded' : counted(counts),
      checkout === 'late' ? 'the code existed' : checkout,
      names.length > 0 && countOf(names.length, 'selected test'),
    ),
  green: ({ counts, named, check, tests }) =>
    phrases(
      tests.length > 0 && counted(counts),
      named.length > 0 && formatList(named, 3),
      check !== undefined && `check ${check}`,
    ),
  mutation: describeMutation,
  before: ({ counts }) => phrases('before the refactoring', counted(counts)),
  findings: ({ judge, findings }) =>
    phrases(judge, `${countOf(findings.length, 'finding')} at the start of the feature`),
  baseline: ({ files, failing }) => `${countOf(files.length, 'file')}, ${failing.length} failing`,
  suite: ({ ran, counts, failing }) =>
    phrases(ran, counted(counts), failing.length > 0 && `unexpected: ${formatList(failing, 2)}`),
  done: ({ provenAs, confirmedBy, marks }) =>
    phrases(
      `proven as ${provenAs}`,
      confirmedBy !== undefined && `confirmed by ${confirmedBy}`,
      marks[0] && `${marks[0].path}:${marks[0].line}`,
    ),
  refused: ({ judge }) => judge,
  failed: ({ error, effect }) => `${error} (${effect})`,
  resumed: () => '',
  released: ({ why, person, from }) =>
    why === 'human' ? `by ${person ?? 'a human'}` : `the holder ${from} is ${why}`,
  reopened: ({ was, person, reason }) => phrases(`was ${was}`, `by ${person}`, reason),
  'test-retired': ({ test, person, reason }) => `"${test}" by ${person}: ${reason}`,
  waived: ({ person, reason }) => `by ${person}: ${reason}`,
  approved: ({ person }) => `by ${person}`,
  'phase-confirmed': ({ phase, person }) => `"${phase}" by ${person}`,
  'gotcha-waived': ({ gotcha, file, person }) => `"${gotcha}" in ${file} by ${person}`,
  'standard-confirmed': ({ standard, waived, person }) =>
    `"${standard}"${waived === undefined ? '' : ' waived'} by ${person}`,
  'runs-allowed': ({ fullRuns, attempts, person }) =>
    `${countOf(fullRuns, 'full run')} and ${countOf(attempts, 'attempt')} by ${person}`,
  validation: ({ passed, gates }) => {
    const failed = gates.filter(gate => !gate.passed).map(({ name }) => name)
    return passed ? 'passed' : `failed: ${formatList(failed)}`
  },
}

/** What happened, as a phrase; empty if the kind says it all. */
export function detailOf<K extends EventBody['kind']>(
  event: Extract<EventBody, { kind: K }>,
): string {
  const describe: (event: Extract<EventBody, { kind: K }>) => string = DETAILS[event.kind]
  return describe(event)
}

function phrases(...parts: (string | false | undefined)[]): string {
  return parts.filter(part => part !== false && part !== undefined && part !== '').join(', ')
}

function counted({ passed, failed, errored }: Counts): string {
  return phrases(`${passed} passed`, `${failed} failed`, errored > 0 && `${errored} not loaded`)
}
