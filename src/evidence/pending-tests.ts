import type { Event, EventOf } from './event.ts'
import { testBytesIn } from './test-bytes.ts'

/** Tests that were written ahead of the code and have to turn green before the feature can be validated. */
export interface PendingTests {
  /** By test id: the task that wrote it, and the file with the bytes that it had at RED. */
  ids: Map<string, PendingTest>
  /** By file: shallow reds, whose ids are not known yet. */
  files: Map<string, PendingTest>
}

export interface PendingTest {
  task: string
  file: string
  sha256: string
}

/** What is still owed after these events; `before` is what was owed before them. */
export function pendingAfter(events: readonly Event[], before?: PendingTests): PendingTests {
  const owed: PendingTests = { ids: new Map(before?.ids), files: new Map(before?.files) }
  for (const event of events) {
    if (event.kind === 'red') addPending(owed, event)
    else if (event.kind === 'green') settleGreen(owed, event)
    else if (event.kind === 'suite' || event.kind === 'validation') settleSuite(owed, event)
  }
  return owed
}

/** Ids of the tasks that have tests which are owed. */
export function tasksWithPending(owed: PendingTests): Set<string> {
  return new Set(
    [...owed.ids.values(), ...owed.files.values()].map(pendingTest => pendingTest.task),
  )
}

/** Is this file owed, by name or through one of its tests, with exactly these bytes? */
export function isPendingFile(owed: PendingTests, file: string, sha256: string): boolean {
  const pendingTests = [...owed.files.values(), ...owed.ids.values()]
  return pendingTests.some(
    pendingTest => pendingTest.file === file && pendingTest.sha256 === sha256,
  )
}

function addPending(owed: PendingTests, red: EventOf<'red'>): void {
  if (red.provenAs === 'test') forget(owed, red.task)
  for (const test of red.tests) {
    const known = owed.ids.get(test.id)
    const owing = red.provenAs === 'test' || known !== undefined || owed.files.has(test.file)
    if (!owing || test.outcome !== 'failed') continue
    const task = known?.task ?? owed.files.get(test.file)?.task ?? red.task
    owed.ids.set(test.id, { task, file: test.file, sha256: testBytesIn(red, test.file) ?? '' })
  }
  if (red.loadFailure) {
    for (const file of Object.keys(red.files)) {
      owed.files.set(file, { task: red.task, file, sha256: testBytesIn(red, file) ?? '' })
    }
  } else if (red.names.length === 0) {
    // All tests of these files are known by name now.
    for (const test of red.tests) owed.files.delete(test.file)
  }
}

/** A task that writes its tests again owes the new ones. */
function forget({ ids, files }: PendingTests, task: string): void {
  for (const [id, pendingTest] of ids) if (pendingTest.task === task) ids.delete(id)
  for (const [file, pendingTest] of files) if (pendingTest.task === task) files.delete(file)
}

function settleGreen(owed: PendingTests, green: EventOf<'green'>): void {
  for (const [id, pendingTest] of owed.ids) {
    const passed = green.tests.some(test => test.id === id && test.outcome === 'passed')
    if (passed && testBytesIn(green, pendingTest.file) === pendingTest.sha256) owed.ids.delete(id)
  }
  // A run of some names says nothing about the rest of the file.
  if (green.names.length > 0) return
  for (const [file, pendingTest] of owed.files) {
    const own = green.tests.filter(test => test.file === file)
    const passed = own.length > 0 && own.every(test => test.outcome === 'passed')
    if (passed && testBytesIn(green, file) === pendingTest.sha256) owed.files.delete(file)
  }
}

function settleSuite(owed: PendingTests, suite: EventOf<'suite'> | EventOf<'validation'>): void {
  for (const id of suite.turnedGreen) owed.ids.delete(id)
  for (const file of suite.passedFiles) owed.files.delete(file)
}
