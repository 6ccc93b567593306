import { describe, expect, it } from 'vitest'
import type { TriedMutant } from '../../../src/evidence/event-parts.ts'
import { judgeMutants } from '../../../src/evidence/mutation-verdict.ts'
import type { Mutant } from '../../../src/mutation/mutant.ts'
import { tryMutants } from '../../../src/workflow/mutation/try-mutants.ts'

type Ran = TriedMutant['outcome'] | undefined

const mutant = (text: string, more: Partial<Mutant> = {}): Mutant => ({
  file: 'src/a.js',
  line: 1,
  text,
  scope: 'function',
  function: 'size',
  change: `Replacing the body of \`size\` with \`${text}\``,
  onlyAbsence: false,
  counts: true,
  ...more,
})
const FIRST = mutant('return 0')
const SECOND = mutant('return 1')
const GONE = mutant('return', { onlyAbsence: true })
const LINE = mutant('a > b', { scope: 'line' })

/** Runs by the text of the file; `broken` and `removed` for the control. */
async function trying(
  mutants: readonly Mutant[],
  outcomes: Record<string, Ran>,
  { minimum = 1, runs = 30, isReliable = true, isNew = true } = {},
) {
  const ran: string[] = []
  const known = new Set(mutants.map(({ text }) => text))
  const run = (_file: string, text: string | undefined) => {
    const name = text === undefined ? 'removed' : known.has(text) ? text : 'broken'
    ran.push(name)
    return Promise.resolve(outcomes[name])
  }
  const all = await tryMutants(
    mutants,
    { run, isReliable: () => Promise.resolve(isReliable) },
    { minimum, runs, isNew: () => isNew },
  )
  const { verdict } = judgeMutants(all.tried, all.open, { minimum })
  return { ran, verdict, ...all }
}

describe('trying mutants', () => {
  it('stops at the first change that is noticed', async () => {
    const { ran, verdict, untried } = await trying([FIRST, SECOND], { 'return 0': 'killed' })
    expect([ran, verdict, untried.length]).toEqual([['return 0'], 'noticed', 1])
  })

  it('goes on after a change that only takes the value away', async () => {
    const outcomes = { return: 'killed', 'return 0': 'killed' } as const
    expect((await trying([GONE, FIRST], outcomes)).ran).toEqual(['return', 'return 0'])
    const weak = { return: 'killed', 'return 0': 'survived', broken: 'invalid' } as const
    expect((await trying([GONE, FIRST], weak)).verdict).toBe('weak')
  })

  it('asks whether the tests load the file if nothing was noticed in it', async () => {
    const outcomes = { 'return 0': 'survived', broken: 'survived', removed: 'survived' } as const
    const { ran, verdict, tried } = await trying([FIRST], outcomes)
    expect(ran).toEqual(['return 0', 'broken', 'removed'])
    expect(tried).toMatchObject([{ outcome: 'unloaded' }])
    expect(verdict).toBe('not-checked')
  })

  it('does not ask if a change could not be loaded, because then the tests load the file', async () => {
    const { ran, verdict } = await trying([FIRST, SECOND], {
      'return 0': 'invalid',
      'return 1': 'survived',
    })
    expect([ran, verdict]).toEqual([['return 0', 'return 1'], 'weak'])
  })

  it('calls a test weak that only looks whether the file exists', async () => {
    const outcomes = { 'return 0': 'survived', broken: 'survived', removed: 'killed' } as const
    expect((await trying([FIRST], outcomes)).verdict).toBe('weak')
  })

  it('knows nothing of a file if there is no time for the control', async () => {
    const { verdict, tried, open } = await trying([FIRST], { 'return 0': 'survived' })
    expect([verdict, tried[0]?.outcome, open]).toEqual(['not-checked', 'survived', 1])
  })

  it('gives the first changes and the control time of their own while nothing is noticed', async () => {
    const all = ['0', '1', '2', '3', '4', '5', '6'].map(text => mutant(text))
    const owed: [string, boolean][] = []
    const trial = (outcomes: Record<string, Ran>) =>
      tryMutants(
        all,
        {
          run: (_file, text = 'removed', isOwed) => {
            owed.push([text.trim().slice(0, 3), isOwed])
            return Promise.resolve(outcomes[text] ?? 'survived')
          },
          isReliable: () => Promise.resolve(true),
        },
        { minimum: 2, runs: 30, isNew: () => true },
      )
    await trial({})
    const first = Array.from({ length: 6 }, () => true)
    expect(owed.map(([, isOwed]) => isOwed)).toEqual([...first, false, true, true])
    owed.length = 0
    await trial({ 0: 'killed' })
    expect(owed.map(([, isOwed]) => isOwed)).toEqual([true, ...first.map(() => false)])
  })

  it('asks for each file by itself', async () => {
    const other = mutant('return []', { file: 'src/b.js' })
    const { tried } = await trying([FIRST, other], {
      'return 0': 'survived',
      'return []': 'other',
      broken: 'survived',
      removed: 'survived',
    })
    expect(tried.map(({ outcome }) => outcome)).toEqual(['unloaded', 'other'])
  })

  it('believes no failure if the tests fail in the checkout without a change', async () => {
    const all = await trying([FIRST], { 'return 0': 'killed' }, { isReliable: false })
    expect(all).toMatchObject({ tried: [], isUnreliable: true })
  })

  it('stops when the time or the runs are used up, and counts what is left', async () => {
    const late = await trying([FIRST, SECOND], { 'return 0': 'survived', broken: 'invalid' })
    expect([late.untried.length, late.verdict]).toEqual([1, 'not-checked'])
    const outcomes = { 'return 0': 'survived', broken: 'invalid' } as const
    const few = await trying([FIRST, SECOND], outcomes, { runs: 1 })
    expect([few.untried.length, few.verdict]).toEqual([1, 'not-checked'])
  })

  it('tries no single line of a new function if no test notices its replaced body', async () => {
    const outcomes = { 'return 0': 'survived', 'a > b': 'killed', broken: 'invalid' } as const
    const { verdict, ran } = await trying([FIRST, LINE], outcomes)
    expect([verdict, ran]).toEqual(['weak', ['return 0', 'broken']])
    const absence = { ...outcomes, return: 'killed' } as const
    expect((await trying([FIRST, GONE, LINE], absence)).verdict).toBe('weak')
    // The same line of a function that was there before.
    expect((await trying([FIRST, LINE], outcomes, { isNew: false })).verdict).toBe('noticed')
    const noTime = { 'return 0': 'survived', broken: 'invalid' } as const
    const open = await trying([FIRST, LINE], noTime, { isNew: false })
    expect([open.verdict, open.untried.length]).toEqual(['not-checked', 1])
  })

  describe('in a file with many functions', () => {
    const bodies = Array.from({ length: 20 }, (_, at) =>
      mutant(`body ${at}`, { function: `f${at}` }),
    )
    const all = [mutant('all 1', { scope: 'line' }), mutant('all 2', { scope: 'line' })]
    const trial = async (outcomes: Record<string, Ran>) => {
      const ran: string[] = []
      const { tried, untried, open } = await tryMutants(
        bodies,
        {
          run: (_file, text = 'removed') => {
            ran.push(text.trim().slice(0, 7))
            return Promise.resolve(outcomes[text] ?? 'survived')
          },
          isReliable: () => Promise.resolve(true),
        },
        {
          minimum: 1,
          runs: 30,
          isNew: () => true,
          together: [{ file: 'src/a.js', mutants: all, answers: one => bodies.includes(one) }],
        },
      )
      return { ran, untried, verdict: judgeMutants(tried, open).verdict }
    }
    const FIRST_SIX = ['body 0', 'body 1', 'body 2', 'body 3', 'body 4', 'body 5']

    it('replaces all of them at once if the first ones show nothing', async () => {
      const { ran, untried, verdict } = await trial({ removed: 'killed' })
      expect(ran).toEqual([...FIRST_SIX, 'all 1', 'all 2', ')]} thi', 'removed'])
      expect([untried, verdict]).toEqual([[], 'weak'])
    })

    it('goes on one by one if a test notices that, which alone decides nothing', async () => {
      const { ran, verdict } = await trial({ 'all 2': 'killed', 'body 7': 'killed' })
      expect(ran).toEqual([...FIRST_SIX, 'all 1', 'all 2', 'body 6', 'body 7'])
      expect(verdict).toBe('noticed')
      expect((await trial({ 'all 1': 'killed', removed: 'killed' })).verdict).toBe('weak')
    })

    it('does not replace all of them if a test notices one of the first', async () => {
      expect((await trial({ 'body 1': 'killed' })).ran).toEqual(['body 0', 'body 1'])
    })
  })

  it('tries everything for a share', async () => {
    const outcomes = { 'return 0': 'killed', 'return 1': 'survived' } as const
    const { ran, verdict } = await trying([FIRST, SECOND], outcomes, { minimum: 0.5 })
    expect([ran, verdict]).toEqual([['return 0', 'return 1'], 'noticed'])
    expect((await trying([FIRST, SECOND], outcomes, { minimum: 0.9 })).verdict).toBe('weak')
  })

  describe('of a value whose kind is not known', () => {
    const VALUES = {
      number: ['0', '1'],
      string: ["''", "'a'"],
      list: ['[]', '[1]'],
      boolean: ['false', 'true'],
    }
    const guesses = [0, 1].flatMap(at =>
      Object.entries(VALUES).map(([guess, values]) => mutant(values[at] ?? '', { guess })),
    )
    /** A test that passes with these values. */
    const passing = (...values: string[]): Record<string, Ran> => {
      const outcome = (value: string): Ran => (values.includes(value) ? 'survived' : 'killed')
      const known = Object.fromEntries(guesses.map(({ text }) => [text, outcome(text)]))
      return { ...known, 'a > b': 'killed', broken: 'invalid' }
    }
    const judging = (...values: string[]) => trying([...guesses, LINE], passing(...values))

    it.each([
      ['another value', [], 'noticed', ['0', "''", '[]', 'false']],
      ['zero', ['0'], 'noticed', ['0', '1']],
      ['an empty list', ['[]'], 'noticed', ['0', "''", '[]', '[1]']],
      [
        'a true value',
        ['1', "'a'", '[]', '[1]', 'true'],
        'noticed',
        ['0', "''", '[]', '[1]', 'false', '1'],
      ],
      ['a number', ['0', '1'], 'weak', ['0', '1', 'false', 'true']],
      ['a text', ["''", "'a'"], 'weak', ['0', "''", "'a'", 'false', '1', 'true']],
      ['anything', guesses.map(({ text }) => text), 'weak', ['0', '1', 'false', 'true', 'broken']],
    ])('a test that asks for %s needs few runs', async (_, values, verdict, ran) => {
      expect(await judging(...values)).toMatchObject({ verdict, ran })
    })

    it('a test is not refused while a value of another kind could still be noticed', async () => {
      const few = await trying(guesses, passing('0', '1'), { runs: 3 })
      expect(few).toMatchObject({ verdict: 'not-checked', ran: ['0', '1', 'false'] })
    })

    it('a kill of the first guess counts if there was time for no other', async () => {
      expect(await trying(guesses, passing(), { runs: 1 })).toMatchObject({ verdict: 'noticed' })
    })
  })
})
