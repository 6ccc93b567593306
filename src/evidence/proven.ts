import type { Event, EventOf } from './event.ts'
import { testBytesIn } from './test-bytes.ts'

/** Tests that work was proven by, with their files: those of the latest GREEN of each file. They have to go on passing. */
export function provenTests(events: readonly Event[]): Map<string, Proof> {
  const proven = new Map<string, Proof>()
  const reds = new Map<string, EventOf<'red'>>()
  for (const event of events) {
    if (event.kind === 'red') reds.set(event.task, event)
    else if (event.kind === 'green') renew(proven, event, reds.get(event.task))
    else if (event.kind === 'done' || event.kind === 'validation') reverify(proven, event)
  }
  return proven
}

/** Where a test stood when it was seen green, and with which bytes. */
export interface Proof {
  /** The task that was proven by it first. */
  task: string
  file: string
  sha256: string
  /** The bytes of the tests alone, where they stand among code. */
  testBytes: string
  failToPass?: FailToPass
}

/** What shows that a test asks for the code of a task. */
export interface FailToPass {
  /** The last RED in which it failed, and the GREEN after it. */
  red: EventOf<'red'>
  green: EventOf<'green'>
  /** The bytes of the tests of its file with which that was last seen. */
  testBytes: string
}

function renew(
  proven: Map<string, Proof>,
  green: EventOf<'green'>,
  red: EventOf<'red'> | undefined,
): void {
  // A run of some names says nothing about the other tests of its files.
  if (green.names.length === 0) {
    // What another task was proven by is not taken back by this one: it goes on passing.
    for (const [id, { file, task }] of proven) {
      if (task === green.task && green.files[file] !== undefined) proven.delete(id)
    }
  }
  const failed = new Set(red?.tests.filter(test => test.outcome === 'failed').map(({ id }) => id))
  // What could not even be loaded does not take a test over from the task that saw it fail.
  const unloaded = new Set(red?.loadErrors.map(({ file }) => file))
  for (const { id, file, outcome } of green.tests) {
    if (outcome !== 'passed') continue
    const known = proven.get(id)
    const testBytes = testBytesIn(green, file) ?? ''
    const isOwn = failed.has(id) && !(known?.failToPass && unloaded.has(file))
    const bite = red && isOwn ? { red, green, testBytes } : known?.failToPass
    const task = known?.task ?? green.task
    const sha256 = green.files[file] ?? ''
    proven.set(id, { task, file, sha256, testBytes, ...(bite && { failToPass: bite }) })
  }
}

/** Changed tests that were looked at again stand with the bytes of then. */
function reverify(
  proven: Map<string, Proof>,
  event: EventOf<'done'> | EventOf<'validation'>,
): void {
  for (const { red, file, sha256: testBytes } of event.reverified ?? []) {
    for (const proof of proven.values())
      if (proof.failToPass?.red.hash === red && proof.file === file)
        proof.failToPass = { ...proof.failToPass, testBytes }
  }
}
