import type { Event, EventOf } from './event.ts'
import { testHashIn } from './test-hash.ts'

/** Tests that were written before their code. All of them have to pass before the feature can be validated. */
export interface PendingTests {
  /** By test id: the task that wrote the test, and its file with the hash at RED. */
  ids: Map<string, PendingTest>
  /** By file: files that could not be loaded at RED, so the ids of their tests are unknown. */
  files: Map<string, PendingTest>
}

export interface PendingTest {
  task: string
  file: string
  sha256: string
}

/** The tests that are pending after these events. `before` holds those that were pending before them. */
export function pendingAfter(events: readonly Event[], before?: PendingTests): PendingTests {
  const pending: PendingTests = { ids: new Map(before?.ids), files: new Map(before?.files) }
  for (const event of events) {
    if (event.kind === 'red') addPending(pending, event)
    else if (event.kind === 'green') settleGreen(pending, event)
    else if (event.kind === 'suite' || event.kind === 'validation') settleSuite(pending, event)
  }
  return pending
}

/** Ids of the tasks that have pending tests. */
export function tasksWithPending(pending: PendingTests): Set<string> {
  return new Set(
    [...pending.ids.values(), ...pending.files.values()].map(pendingTest => pendingTest.task),
  )
}

/** Whether the file, or one of its tests, is pending with exactly these bytes. */
export function isPendingFile(pending: PendingTests, file: string, sha256: string): boolean {
  const pendingTests = [...pending.files.values(), ...pending.ids.values()]
  return pendingTests.some(
    pendingTest => pendingTest.file === file && pendingTest.sha256 === sha256,
  )
}

function addPending(pending: PendingTests, red: EventOf<'red'>): void {
  if (red.provenAs === 'test') forget(pending, red.task)
  for (const test of red.tests) {
    const known = pending.ids.get(test.id)
    const isPending = red.provenAs === 'test' || known !== undefined || pending.files.has(test.file)
    if (!isPending || test.outcome !== 'failed') continue
    const task = known?.task ?? pending.files.get(test.file)?.task ?? red.task
    pending.ids.set(test.id, { task, file: test.file, sha256: testHashIn(red, test.file) ?? '' })
  }
  if (red.loadFailure) {
    for (const file of Object.keys(red.files)) {
      pending.files.set(file, { task: red.task, file, sha256: testHashIn(red, file) ?? '' })
    }
  } else if (red.names.length === 0) {
    // The ids of all tests in these files are known now.
    for (const test of red.tests) pending.files.delete(test.file)
  }
}

/** If a task writes its tests again, only the new ones are pending. */
function forget({ ids, files }: PendingTests, task: string): void {
  for (const [id, pendingTest] of ids) if (pendingTest.task === task) ids.delete(id)
  for (const [file, pendingTest] of files) if (pendingTest.task === task) files.delete(file)
}

function settleGreen(pending: PendingTests, green: EventOf<'green'>): void {
  for (const [id, pendingTest] of pending.ids) {
    const passed = green.tests.some(test => test.id === id && test.outcome === 'passed')
    if (passed && testHashIn(green, pendingTest.file) === pendingTest.sha256) pending.ids.delete(id)
  }
  // A run of selected names says nothing about the other tests of the file.
  if (green.names.length > 0) return
  for (const [file, pendingTest] of pending.files) {
    const own = green.tests.filter(test => test.file === file)
    const passed = own.length > 0 && own.every(test => test.outcome === 'passed')
    if (passed && testHashIn(green, file) === pendingTest.sha256) pending.files.delete(file)
  }
}

function settleSuite(pending: PendingTests, suite: EventOf<'suite'> | EventOf<'validation'>): void {
  for (const id of suite.turnedGreen) pending.ids.delete(id)
  for (const file of suite.passedFiles) pending.files.delete(file)
}
