import type { Event, EventOf } from './event.ts'
import type { RecordedTest } from './event-parts.ts'
import { latestResults } from './latest-results.ts'

/** A test that the ledger knows by name, with what it proved and its latest outcome. */
export interface TestRecord {
  id: string
  file: string
  /** The task whose run named it last. */
  task: string
  /** Outcomes in the last RED and GREEN of that task; absent if the run did not have the test. */
  red?: RecordedTest['outcome']
  green?: RecordedTest['outcome']
  passed: boolean
  /** First line of the last failure, if it does not pass. */
  message?: string
  /** When it ran last by name: ISO 8601, UTC. */
  at: string
}

/** Every test that a RED or GREEN names, in the order of the ledger. */
export function recordedTests(events: readonly Event[]): TestRecord[] {
  const latest = latestResults(events)
  const records = new Map<string, TestRecord>()
  const messages = new Map<string, string>()
  for (const event of events) {
    if (event.kind !== 'red' && event.kind !== 'green') continue
    for (const test of event.tests) {
      const known = latest.get(test.id)
      if (!known) continue
      if (test.message !== undefined) messages.set(test.id, test.message)
      records.set(test.id, recordOf(event, test, known.passed, records.get(test.id)))
    }
  }
  return [...records.values()].map(record => {
    const message = messages.get(record.id)
    return record.passed || message === undefined ? record : { ...record, message }
  })
}

function recordOf(
  event: EventOf<'red'> | EventOf<'green'>,
  { id, file, outcome }: RecordedTest,
  passed: boolean,
  earlier: TestRecord | undefined,
): TestRecord {
  const { task, kind, at } = event
  const own = earlier?.task === task ? earlier : undefined
  const green = kind === 'green' ? { green: outcome } : {}
  const red = kind === 'red' ? { red: outcome } : own?.red && { red: own.red }
  return { id, file, task, ...red, ...green, passed, at }
}

/** The name of a test without its file. */
export function nameOfTest({ id, file }: Pick<TestRecord, 'id' | 'file'>): string {
  return id.startsWith(`${file} > `) ? id.slice(file.length + 3) : id
}
