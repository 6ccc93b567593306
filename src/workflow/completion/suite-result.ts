import type { EventOf } from '../../evidence/event.ts'
import type { SuiteResult } from './suite.ts'

/** The result of a suite as its event records it. */
export function recordedSuite(suite: EventOf<'suite'>): SuiteResult {
  const { counts, run, hash, tree, turnedGreen, before = [] } = suite
  const ran = suite.ran === 'full' ? 'full' : 'feature'
  const excused = counts.failed + counts.errored - before.length
  return { ran, counts, run, proof: hash, tree, excused, turnedGreen, before }
}

/** The suite that is the GREEN of a refactoring; `undefined` for another GREEN. */
export function suiteOfRefactoring(green: EventOf<'green'> | undefined): SuiteResult | undefined {
  const { run, counts, hash, tree, refactoring } = green ?? {}
  if (!run || !counts || !refactoring || hash === undefined || tree === undefined) return undefined
  const before = refactoring.failing ?? []
  return { ran: 'full', counts, run, proof: hash, tree, excused: 0, turnedGreen: [], before }
}
