import type { EventOf } from '../../evidence/event.ts'
import type { RecordedTest } from '../../evidence/event-parts.ts'
import { countOf, formatList } from '../../plan/format-list.ts'
import type { Context } from '../context/context.ts'
import { predictionNotes } from './predicted-failure.ts'
import { missingSnapshots } from '../testing/missing-snapshots.ts'
import { describeMistakes } from '../testing/mistakes.ts'
import { findTestRunner } from '../testing/test-runner.ts'

/**
 * What the answer to a RED says beside its failed tests: whether the plan predicted them, mistakes in the tests, and tests that prove
 * nothing.
 */
export function redNotes(context: Context, red: EventOf<'red'>): string[] {
  return [
    ...predictionNotes(context, red),
    ...mistakeNotes(context, red),
    ...snapshotNotes(context, red),
    ...passingNotes(context, red),
  ]
}

/** True if all tests failed with an error and none in an assertion, so that the test itself may be wrong. */
export function failsByErrorOnly({ tests, run, loadFailure }: EventOf<'red'>): boolean {
  const failed = tests.filter(({ outcome }) => outcome === 'failed')
  return (
    failed.length > 0 &&
    !loadFailure &&
    !run.exitCodeOnly &&
    failed.every(({ reason }) => reason === 'error')
  )
}

function mistakeNotes(context: Context, { tests, checkout, task }: EventOf<'red'>): string[] {
  // A control run with the code has passed, so the tests are not wrong.
  if (checkout) return []
  const places = describeMistakes(context, tests)
  if (places === '') return []
  const files = [...new Set(tests.map(({ file }) => file))]
  const step = context.call.frontend.describeStep('record_red', { task, tests: files })
  return [
    `! This looks like a mistake in the test, not like missing behaviour: ${places}. If it is one, correct the test and ${step} again.`,
  ]
}

/** A warning about tests without a snapshot: they fail with any code, and their snapshot would be whatever the code returns. */
function snapshotNotes(context: Context, { tests, checkout, task }: EventOf<'red'>): string[] {
  const file = tests[0]?.file
  const testRunner = checkout || file === undefined ? undefined : findTestRunner(context, file)
  const missing = testRunner && missingSnapshots(context, testRunner, tests)
  if (!missing) return []
  const files = [...new Set(tests.map(({ file }) => file))]
  const step = context.call.frontend.describeStep('record_red', { task, tests: files })
  return [
    `! ${missing.fact}: such a test fails with any code, and a snapshot that is written from the output of the code proves no behaviour by itself. Write the expected value by hand, in the test (an inline snapshot, or \`toEqual\`), and ${step} again.`,
  ]
}

/** Tests that earlier events recorded are in the file for another reason. */
function passingNotes({ ledger }: Context, red: EventOf<'red'>): string[] {
  const known = new Set(
    ledger.events.flatMap(event =>
      (event.kind === 'red' || event.kind === 'green') && event.task !== red.task
        ? event.tests.map(({ id }) => id)
        : [],
    ),
  )
  const passing = red.tests.filter(({ id, outcome }) => outcome === 'passed' && !known.has(id))
  if (passing.length === 0) return []
  const [verb, object] = passing.length === 1 ? ['passes', 'it proves'] : ['pass', 'they prove']
  return [
    `! ${countOf(passing.length, 'test')} already ${verb}, so ${object} nothing about ${red.task}: ${formatList(passing.map(quoted), 3)}.`,
  ]
}

function quoted({ id, file }: RecordedTest): string {
  const name = id.startsWith(`${file} > `) ? id.slice(file.length + 3) : id
  return `"${name}"`
}
