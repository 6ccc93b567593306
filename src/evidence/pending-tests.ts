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
  /** The task that wrote it was done: its tests can no longer be replaced by others. */
  fixed?: true
}

/** The tests that are pending after these events. `before` holds those that were pending before them. */
export function pendingAfter(events: readonly Event[], before?: PendingTests): PendingTests {
  const pending: PendingTests = { ids: new Map(before?.ids), files: new Map(before?.files) }
  for (const event of events) {
    if (event.kind === 'red') addPending(pending, event)
    else if (event.kind === 'green') settleGreen(pending, event)
    else if (event.kind === 'suite' || event.kind === 'validation') settleSuite(pending, event)
    else if (event.kind === 'done') fix(pending, event.task)
    else if (event.kind === 'approved') release(pending, event.files ?? {})
    else if (event.kind === 'test-retired') retire(pending, event)
    else if (event.kind === 'reopened') unfix(pending, event.task)
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
    const sha256 = testHashIn(red, test.file) ?? ''
    pending.ids.set(test.id, { ...known, task, file: test.file, sha256 })
  }
  if (red.loadFailure) {
    for (const file of Object.keys(red.files)) {
      const sha256 = testHashIn(red, file) ?? ''
      pending.files.set(file, { ...pending.files.get(file), task: red.task, file, sha256 })
    }
  } else if (red.names.length === 0) {
    // The ids of all tests in these files are known now.
    for (const test of red.tests) pending.files.delete(test.file)
  }
}

/** If a task writes its tests again before it is done, only the new ones are pending. */
function forget({ ids, files }: PendingTests, task: string): void {
  for (const tests of [ids, files])
    for (const [key, test] of tests) if (test.task === task && !test.fixed) tests.delete(key)
}

/** A task that is opened again cannot replace the tests that it was done with. */
function fix({ ids, files }: PendingTests, task: string): void {
  for (const tests of [ids, files])
    for (const [key, test] of tests)
      if (test.task === task && !test.fixed) tests.set(key, { ...test, fixed: true })
}

/** A human opened the task again, so it may write other tests. The earlier ones stay pending until it does. */
function unfix({ ids, files }: PendingTests, task: string): void {
  for (const tests of [ids, files])
    for (const [key, { fixed: _fixed, ...test }] of tests)
      if (test.task === task) tests.set(key, test)
}

/** A human no longer wants the test, or the whole file if its tests could not be loaded. */
function retire(pending: PendingTests, { test, files = {} }: EventOf<'test-retired'>): void {
  pending.ids.delete(test)
  pending.files.delete(test)
  release(pending, files)
}

/** A human has seen the current files: they count as they are, and a removed one is no longer pending. */
function release({ ids, files }: PendingTests, seen: Record<string, string>): void {
  for (const tests of [ids, files])
    for (const [key, { fixed: _fixed, ...test }] of tests) {
      const sha256 = seen[test.file]
      if (sha256 === undefined || sha256 === test.sha256) continue
      if (sha256 === 'absent') tests.delete(key)
      else tests.set(key, { ...test, sha256 })
    }
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
