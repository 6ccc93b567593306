import type { Event, EventOf } from './event.ts'

/** Tests that work was proven by, with their files: those of the latest GREEN of each file. They have to go on passing. */
export function provenTests(events: readonly Event[]): Map<string, Proof> {
  const proven = new Map<string, Proof>()
  for (const event of events) if (event.kind === 'green') renew(proven, event)
  return proven
}

/** Where a test stood when it was seen green, and with which bytes. */
export interface Proof {
  file: string
  sha256: string
}

function renew(proven: Map<string, Proof>, green: EventOf<'green'>): void {
  // A run of some names says nothing about the other tests of its files.
  if (green.names.length === 0) {
    for (const [id, { file }] of proven) if (green.files[file] !== undefined) proven.delete(id)
  }
  for (const test of green.tests)
    if (test.outcome === 'passed') {
      proven.set(test.id, { file: test.file, sha256: green.files[test.file] ?? '' })
    }
}
