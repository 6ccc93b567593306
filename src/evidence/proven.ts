import type { Event, EventOf } from './event.ts'

/** Tests that work was proven by, with their files: those of the latest GREEN of each file. They have to go on passing. */
export function provenTests(events: readonly Event[]): Map<string, Proof> {
  const proven = new Map<string, Proof>()
  for (const event of events) if (event.kind === 'green') renew(proven, event)
  return proven
}

/** Where a test stood when it was seen green, and with which bytes. */
export interface Proof {
  /** The task that was proven by it first. */
  task: string
  file: string
  sha256: string
}

function renew(proven: Map<string, Proof>, green: EventOf<'green'>): void {
  // A run of some names says nothing about the other tests of its files.
  if (green.names.length === 0) {
    // What another task was proven by is not taken back by this one: it goes on passing.
    for (const [id, { file, task }] of proven) {
      if (task === green.task && green.files[file] !== undefined) proven.delete(id)
    }
  }
  for (const test of green.tests)
    if (test.outcome === 'passed') {
      const task = proven.get(test.id)?.task ?? green.task
      proven.set(test.id, { task, file: test.file, sha256: green.files[test.file] ?? '' })
    }
}
