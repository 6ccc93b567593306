import { proofOf } from '../../evidence/chains.ts'
import { lastEvent, type Event } from '../../evidence/event.ts'
import { provenBy } from '../../evidence/stage.ts'
import { testHashIn } from '../../evidence/test-hash.ts'
import { formatList } from '../../plan/format-list.ts'
import type { Context } from '../context/context.ts'
import { finding, type Finding } from './finding.ts'

/** `done` events without the evidence that the kind of their task requires. */
export function unprovenTasks(context: Context): Finding[] {
  const { events } = context.ledger
  return events.flatMap(event => {
    if (event.kind !== 'done') return []
    const proof = proofOf(events, event)
    const kinds = new Set<string>(proof.map(({ kind }) => kind))
    const isUnconfirmed = event.provenAs === 'person' && event.confirmedBy === undefined
    const missing = [
      ...provenBy(event.provenAs).filter(kind => !kinds.has(kind)),
      ...(isUnconfirmed ? ['a human'] : []),
    ]
    if (event.provenAs === 'refactor' && !lastEvent(proof, 'green')?.refactoring)
      missing.push('the suite from before its work')
    const gaps = missing.length > 0 ? [`it lacks ${formatList(missing)}`] : gapsIn(proof, events)
    return gaps.map(gap => finding(context, event.task, `was recorded as done, but ${gap}`))
  })
}

/** Why a RED and a GREEN do not belong together. */
function gapsIn(proof: readonly Event[], events: readonly Event[]): string[] {
  const red = lastEvent(proof, 'red')
  const green = lastEvent(proof, 'green')
  if (green?.refactoring) return refactoringGaps(events, green.refactoring.before)
  if (!red) return []
  const failed = red.tests.filter(test => test.outcome === 'failed')
  if (failed.length === 0 && !red.loadFailure) return ['its RED has no test that failed']
  if (!green) return []
  const passed = new Set(green.tests.flatMap(({ id, outcome }) => (outcome === 'passed' ? id : [])))
  const notPassed = failed.filter(({ id }) => !passed.has(id))
  const changed = Object.keys(red.files).filter(
    file => testHashIn(red, file) !== testHashIn(green, file),
  )
  return [
    ...notPassed.slice(0, 3).map(({ id }) => `"${id}" was red and not seen to pass`),
    ...changed.slice(0, 3).map(file => `${file} was not the same at RED and GREEN`),
    ...(red.tree === green.tree ? ['nothing changed from RED to GREEN'] : []),
  ]
}

/** The suite from before a refactoring has to be in the ledger, and to show something. */
function refactoringGaps(events: readonly Event[], hash: string): string[] {
  const before = lastEvent(events, 'before', event => event.hash === hash)
  if (!before) return ['the suite from before its work is not in the ledger']
  return before.passed.length === 0 ? ['no test passed before its work'] : []
}
