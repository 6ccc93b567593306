import { describe, expect, it } from 'vitest'
import { latestResults } from '../../src/evidence/latest-results.ts'
import type { EventBody } from '../../src/evidence/event.ts'
import { chain, failed, green, passed, red, skipped, suite } from './outcomes.ts'

const passing = (...events: EventBody[]) =>
  [...latestResults(chain(events))].map(([id, test]) => `${id.slice(12)} ${test.passed}`)

describe('the latest result of a recorded test', () => {
  const wrote = red('T1', [failed('x'), failed('y')])

  it('is that of the last RED or GREEN', () => {
    expect(passing(wrote)).toEqual(['x false', 'y false'])
    expect(passing(wrote, green('T2', [passed('x'), skipped('y')]))).toEqual(['x true', 'y false'])
  })

  it('is that of a later suite in which it turned green or failed', () => {
    const turned = suite('T2', { turnedGreen: ['a.test.js > x', 'a.test.js > y'] })
    const fell = suite('T3', { failing: ['a.test.js > y'] })
    expect(passing(wrote, turned)).toEqual(['x true', 'y true'])
    expect(passing(wrote, turned, fell)).toEqual(['x true', 'y false'])
    expect(passing(wrote, turned, fell, suite('T3', {}))).toEqual(['x true', 'y true'])
    const fixed = green('T3', [passed('x'), passed('y')])
    expect(passing(wrote, turned, fell, fixed)).toEqual(['x true', 'y true'])
  })

  it('is gone if a run of its file no longer contains it', () => {
    expect(passing(wrote, red('T1', [failed('z')]))).toEqual(['z false'])
  })
})
