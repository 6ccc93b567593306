import type { Event, EventOf } from './event.ts'

/** A test that the ledger knows by name, with its latest outcome. */
export interface LatestResult {
  file: string
  passed: boolean
}

/** Every test that a RED or GREEN of these events names, by id. */
export function latestResults(events: readonly Event[]): Map<string, LatestResult> {
  const known = new Map<string, LatestResult>()
  // A test that failed in a suite counts as failing until a run shows it passing.
  let failing = new Set<string>()
  for (const event of events) {
    if (event.kind === 'red' || event.kind === 'green') {
      meet(known, event)
      for (const { id } of event.tests) failing.delete(id)
    } else if (event.kind === 'suite' || event.kind === 'validation') {
      for (const id of event.turnedGreen) turnGreen(known, id)
      failing = new Set(event.failing)
    }
  }
  for (const [id, test] of known) if (failing.has(id)) known.set(id, { ...test, passed: false })
  return known
}

function meet(known: Map<string, LatestResult>, event: EventOf<'red'> | EventOf<'green'>): void {
  // A run of selected names says nothing about the other tests of its files.
  if (event.names.length === 0) {
    for (const [id, { file }] of known) if (event.files[file] !== undefined) known.delete(id)
  }
  for (const { id, file, outcome } of event.tests)
    known.set(id, { file, passed: outcome === 'passed' })
}

function turnGreen(known: Map<string, LatestResult>, id: string): void {
  const test = known.get(id)
  if (test) known.set(id, { ...test, passed: true })
}
