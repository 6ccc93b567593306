import { describe, expect, it } from 'vitest'
import type { TriedMutant } from '../../src/evidence/event-parts.ts'
import { judgeMutants } from '../../src/evidence/mutation-verdict.ts'

const tried = (outcome: TriedMutant['outcome'], more: Partial<TriedMutant> = {}): TriedMutant => ({
  file: 'src/a.js',
  line: 1,
  change: 'Replacing the body of `size` with `return 0`',
  function: 'size',
  outcome,
  ...more,
})
const survived = tried('survived')
const killed = tried('killed')
const absence = { onlyAbsence: true } as const
const ignored = { ignored: true } as const

describe('the verdict of a mutation check', () => {
  it('is weak if every change was tried and none was noticed', () => {
    expect(judgeMutants([survived, survived], 0)).toEqual({ verdict: 'weak' })
  })

  it('is not weak after one change that was noticed, whatever else survived', () => {
    expect(judgeMutants([survived, killed, survived], 0)).toEqual({ verdict: 'noticed' })
    expect(judgeMutants([survived, tried('timed-out')], 0)).toEqual({ verdict: 'noticed' })
  })

  it('is weak if the tests notice only that a value is missing', () => {
    expect(judgeMutants([tried('killed', absence), survived], 0)).toEqual({ verdict: 'weak' })
    expect(judgeMutants([tried('killed', absence), killed], 0).verdict).toBe('noticed')
  })

  it('is open while a change is left that could be noticed', () => {
    const { verdict, reason } = judgeMutants([survived], 1)
    expect([verdict, reason]).toEqual(['not-checked', 'the time for it was over first'])
  })

  it('is open if nothing that counts survived', () => {
    const reason = (...all: TriedMutant[]) => judgeMutants(all, 0).reason
    expect(reason(tried('survived', ignored))).toBe('only constants and texts were changed')
    expect(reason(tried('invalid'))).toBe('no changed code could be loaded')
    expect(reason(tried('other'), tried('invalid'))).toMatch(
      /^only tests that are not of this task/,
    )
    expect(reason(tried('unloaded'))).toBe(
      'the tests do not load src/a.js from a temporary checkout',
    )
    expect(reason(tried('killed', absence))).toBeDefined()
  })

  it('is weak for a function that does nothing and that the tests name', () => {
    expect(judgeMutants([], 0, { empty: ['size'] })).toEqual({ verdict: 'weak' })
    expect(judgeMutants([killed], 0, { empty: ['size'] })).toEqual({ verdict: 'noticed' })
    expect(judgeMutants([tried('invalid')], 0, { empty: ['size'] }).verdict).toBe('not-checked')
    expect(judgeMutants([], 1, { empty: ['size'] }).verdict).toBe('not-checked')
  })

  it('counts what a minimum asks for', () => {
    expect(judgeMutants([killed, survived], 0, { minimum: 2 })).toEqual({ verdict: 'weak' })
    expect(judgeMutants([killed, killed], 0, { minimum: 2 }).verdict).toBe('noticed')
    // All that there are were noticed.
    expect(judgeMutants([killed], 0, { minimum: 2 }).verdict).toBe('noticed')
    expect(judgeMutants([killed], 1, { minimum: 2 }).verdict).toBe('not-checked')
  })

  it('takes a share of the changes that count', () => {
    const all = [killed, survived, tried('survived', ignored), tried('invalid')]
    expect(judgeMutants(all, 0, { minimum: 0.5 }).verdict).toBe('noticed')
    expect(judgeMutants(all, 0, { minimum: 0.6 }).verdict).toBe('weak')
    expect(judgeMutants(all, 1, { minimum: 0.6 }).verdict).toBe('not-checked')
    expect(judgeMutants([], 0, { minimum: 0.6 }).verdict).toBe('not-checked')
  })

  it('is weak if the tests notice only of what kind a value is', () => {
    const guess = (kind: string, ...outcomes: TriedMutant['outcome'][]) =>
      outcomes.map(outcome => tried(outcome, { guess: kind }))
    const numbers = guess('number', 'survived', 'survived')
    const texts = guess('string', 'killed')
    expect(judgeMutants([...numbers, ...texts], 0)).toEqual({ verdict: 'weak' })
    // The right value is one of those that were tried.
    expect(judgeMutants([...guess('number', 'survived', 'killed')], 0).verdict).toBe('noticed')
    expect(judgeMutants([...guess('number', 'killed'), ...texts], 0).verdict).toBe('noticed')
    // Some calls return their argument.
    const own = guess('argument', 'survived')
    expect(judgeMutants([...own, ...guess('list', 'killed')], 0).verdict).toBe('noticed')
    expect(judgeMutants([...numbers, ...guess('argument', 'killed')], 0).verdict).toBe('weak')
  })

  it('knows a function without a name by its line', () => {
    const own = (line: number, outcome: TriedMutant['outcome'], more = {}) => {
      const { function: _name, ...rest } = tried(outcome, more)
      return { ...rest, line }
    }
    const first = own(1, 'survived', { guess: 'number' })
    expect(judgeMutants([first, own(1, 'killed', { guess: 'string' })], 0).verdict).toBe('weak')
    expect(judgeMutants([first, own(9, 'killed', { guess: 'string' })], 0).verdict).toBe('noticed')
  })

  describe('of a task that names a function', () => {
    const helper = tried('killed', { function: 'double' })
    const about = (connected = false) => [{ name: 'size', isConnectedTo: () => connected }]

    it('is weak if the tests notice other code only', () => {
      expect(judgeMutants([survived, helper], 3, { about: about() })).toEqual({ verdict: 'weak' })
      const flag = tried('killed', { scope: 'line', line: 9 })
      delete flag.function
      expect(judgeMutants([survived, flag], 0, { about: about() })).toEqual({ verdict: 'weak' })
    })

    it('is not weak if they notice one change in it', () => {
      const line = tried('killed', { scope: 'line', line: 3 })
      for (const noticed of [killed, line])
        expect(judgeMutants([survived, helper, noticed], 0, { about: about() }).verdict).toBe(
          'noticed',
        )
      const other = { name: 'push', isConnectedTo: () => false }
      expect(judgeMutants([survived, killed], 0, { about: [...about(), other] }).verdict).toBe(
        'noticed',
      )
    })

    it('is not weak if the code that they notice uses it, or is used by it', () => {
      expect(judgeMutants([survived, helper], 0, { about: about(true) }).verdict).toBe('noticed')
    })

    it('is not weak if the function could not be changed', () => {
      const invalid = tried('invalid')
      expect(judgeMutants([invalid, helper], 0, { about: about() }).verdict).toBe('noticed')
      expect(judgeMutants([helper], 0, { about: about() }).verdict).toBe('noticed')
    })
  })
})
