import { lastEvent, type Event } from '../../evidence/event.ts'
import { provenBy } from '../../evidence/stage.ts'
import { testBytesIn } from '../../evidence/test-bytes.ts'
import type { Context } from '../context/context.ts'
import { finding, type Finding } from './finding.ts'

/** Every `done` has the evidence that its kind asks for, among the events before it. */
export function unprovenTasks(context: Context): Finding[] {
  const { events } = context.ledger
  return events.flatMap((event, index) => {
    if (event.kind !== 'done') return []
    const before = sinceStart(events.slice(0, index), event.task)
    const kind = event.provenAs
    const proven = new Set<string>(
      before.filter(earlier => event.proof.includes(earlier.hash)).map(earlier => earlier.kind),
    )
    const missing = provenBy(kind).filter(need => !proven.has(need))
    const unconfirmed = kind === 'person' && event.confirmedBy === undefined ? ['a person'] : []
    const lacks = [...missing, ...unconfirmed]
    if (lacks.length > 0) {
      const text = `was recorded as done, but it lacks ${lacks.join(' and ')}`
      return [finding(context, event.task, text)]
    }
    const own = before.filter(earlier => event.proof.includes(earlier.hash))
    return gaps(own).map(gap => finding(context, event.task, `was recorded as done, but ${gap}`))
  })
}

function sinceStart(events: readonly Event[], task: string): Event[] {
  const own = events.filter(event => 'task' in event && event.task === task)
  const start = own.findLastIndex(event => event.kind === 'start')
  return start < 0 ? own : own.slice(start)
}

/** What a RED and a GREEN do not say of each other, although both are there. */
function gaps(proof: readonly Event[]): string[] {
  const red = lastEvent(proof, 'red')
  const green = lastEvent(proof, 'green')
  if (!red) return []
  const failed = red.tests.filter(test => test.outcome === 'failed')
  if (failed.length === 0 && !red.loadFailure) return ['its RED has no test that failed']
  if (!green) return []
  const passed = new Set(green.tests.flatMap(({ id, outcome }) => (outcome === 'passed' ? id : [])))
  const left = failed.filter(({ id }) => !passed.has(id))
  const changed = Object.keys(red.files).filter(
    file => testBytesIn(red, file) !== testBytesIn(green, file),
  )
  return [
    ...left.slice(0, 3).map(({ id }) => `"${id}" was red and not seen to pass`),
    ...changed.slice(0, 3).map(file => `${file} was not the same at RED and GREEN`),
    ...(red.tree === green.tree ? ['nothing changed from RED to GREEN'] : []),
  ]
}
