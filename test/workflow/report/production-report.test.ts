import { describe, expect, it } from 'vitest'
import type { EventOf } from '../../../src/evidence/event.ts'
import { productionVerdict } from '../../../src/workflow/report/production-report.ts'

type Gate = EventOf<'validation'>['gates'][number]

describe('the verdict of a validation on the application', () => {
  it.each<[string, Gate[]]>([
    ['not checked', [gate('tests', 'pass')]],
    ['not checked', [gate('tests', 'pass'), gate('gotchas', 'pass')]],
    ['not checked', [gate('start', 'pass'), gate('flows', 'not checked')]],
    ['not needed', [gate('start', 'not needed'), gate('gotchas', 'pass')]],
    ['fail', [gate('start', 'fail'), gate('flows', 'not checked')]],
    ['pass', [gate('tests', 'fail'), gate('start', 'pass'), gate('flows', 'not needed')]],
  ])('is "%s"', (verdict, gates) => {
    expect(productionVerdict({ gates })).toBe(verdict)
  })
})

function gate(name: string, verdict: NonNullable<Gate['verdict']>): Gate {
  return { name, verdict, passed: verdict === 'pass' || verdict === 'not needed', findings: [] }
}
