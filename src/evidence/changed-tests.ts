import { isTestFile } from '../plan/test-file.ts'
import type { Event, EventOf } from './event.ts'
import { derivedFromEvents } from './growing-events.ts'
import { testHashIn } from './test-hash.ts'

/** Tests of one task that were changed after the code that they test had been written. */
export interface ChangedTests {
  task: string
  files: string[]
  /** Ids of tests whose first version fails with the code that the changed one accepts. */
  failing: string[]
}

interface LaterTests extends ChangedTests {
  /** Lines were added to the first RED's tests, and none was changed or removed. */
  onlyAdded: boolean
}

/** One entry for each task whose tests were changed after its code, from the whole ledger. */
export function testsChangedAfterCode(events: readonly Event[]): ChangedTests[] {
  return [...laterTests(events).changed.values()]
    .filter(tests => !isAddition(tests))
    .map(({ task, files, failing }) => ({ task, files, failing }))
}

/** The files to which tests of a task were added after its RED, without a change of the others. */
export function filesWithAddedTests(events: readonly Event[], task: string): string[] {
  const tests = laterTests(events).changed.get(task)
  return tests && isAddition(tests) ? tests.files : []
}

/** An added line can change what a test asserts: then the first version of the test fails with the code that it accepts. */
function isAddition({ onlyAdded, failing }: LaterTests): boolean {
  return onlyAdded && failing.length === 0
}

/** By task: its first and last RED, and what changed from one to the other. */
interface Reds {
  firsts: Map<string, EventOf<'red'>>
  lasts: Map<string, EventOf<'red'>>
  changed: Map<string, LaterTests>
}

const laterTests = derivedFromEvents((events: readonly Event[], before?: Reds): Reds => {
  if (before && !events.some(({ kind }) => KINDS.has(kind))) return before
  const reds: Reds = {
    firsts: new Map(before?.firsts),
    lasts: new Map(before?.lasts),
    changed: new Map(before?.changed),
  }
  for (const event of events) addTo(reds, event)
  return reds
})

const KINDS: ReadonlySet<Event['kind']> = new Set(['start', 'reopened', 'red', 'green'])

function addTo({ firsts, lasts, changed }: Reds, event: Event): void {
  if (event.kind === 'start') firsts.delete(event.task)
  else if (event.kind === 'reopened') {
    for (const known of [firsts, lasts, changed]) known.delete(event.task)
  } else if (event.kind === 'red') {
    const { task } = event
    const [first, before] = [firsts.get(task), lasts.get(task)]
    lasts.set(task, event)
    if (!first || !before || !existedBefore(event)) {
      firsts.set(task, event)
      return
    }
    const files = changedFiles(first, before, event)
    if (files.length === 0) changed.delete(task)
    else {
      const onlyAdded = event.added === true && (changed.get(task)?.onlyAdded ?? true)
      changed.set(task, { task, files, failing: [], onlyAdded })
    }
  } else if (event.kind === 'green') {
    const known = changed.get(event.task)
    const failing = (event.superseded ?? []).map(({ id }) => id)
    if (known) changed.set(event.task, { ...known, failing })
  }
}

/** Did the code exist when the tests were seen to fail? Then they ran on earlier sources. */
function existedBefore({ checkout }: EventOf<'red'>): boolean {
  return checkout !== undefined
}

/**
 * Test files that differ from the first RED. If the files themselves never changed, a helper or a fixture of theirs did. The files of
 * other tests are not helpers, and are named where those tests are.
 */
function changedFiles(
  first: EventOf<'red'>,
  before: EventOf<'red'>,
  red: EventOf<'red'>,
): string[] {
  const files = Object.keys(red.files)
  const differs = (other: EventOf<'red'>) =>
    files.filter(file => testHashIn(other, file) !== testHashIn(red, file))
  const own = differs(first)
  if (own.length > 0 || differs(before).length > 0) return own
  return red.support?.filter(file => !isTestFile(file)) ?? files
}
