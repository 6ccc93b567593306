import { describe, expect, test } from 'vitest'
import { givenIds, withGivenIds, type GivenId } from '../../src/plan/given-ids.ts'
import type { Plan } from '../../src/plan/plan.ts'
import { buildPlan } from './build-plan.ts'

/** A plan whose tasks have ids of their position and words. */
function planOf(groups: Record<string, string[]>): Plan {
  let at = 0
  const phases = Object.entries(groups).map(([name, titles]) => {
    const tasks = titles.map(title => {
      at += 1
      return { id: `${at}-${title.toLowerCase().replaceAll(/\W+/g, '-')}`, title }
    })
    return [name, tasks] as const
  })
  return buildPlan(Object.fromEntries(phases))
}

const BEFORE = { A: ['Read the file', 'Write tests'], B: ['Print the list', 'Write tests'] }
const RECORD = givenIds(planOf(BEFORE))
const [READ, TESTS_A, PRINT, TESTS_B] = RECORD.map(({ id }) => id)

function idsAfter(groups: Record<string, string[]>, records: GivenId[][] = [RECORD]) {
  return withGivenIds(planOf(groups), records).tasks.map(({ id }) => id)
}

const TEN = [...Array(10).keys()]

/** Groups with one task each, which all have the same words. */
function grouped(numbers: readonly number[]): Record<string, string[]> {
  return Object.fromEntries(numbers.map(number => [`Group ${number}`, ['Write tests']]))
}

describe('a task keeps its id', () => {
  test.each<[string, Record<string, string[]>, (string | undefined)[]]>([
    ['nothing has changed', BEFORE, [READ, TESTS_A, PRINT, TESTS_B]],
    [
      'a line is inserted before it',
      { ...BEFORE, A: ['Find the file', ...BEFORE.A] },
      ['1-find-the-file', READ, TESTS_A, PRINT, TESTS_B],
    ],
    [
      'a line with the words of another task is inserted',
      { N: ['Write tests'], ...BEFORE },
      ['1-write-tests', READ, TESTS_A, PRINT, TESTS_B],
    ],
    ['a line before it is removed', { ...BEFORE, A: ['Write tests'] }, [TESTS_A, PRINT, TESTS_B]],
    [
      'a typo is corrected',
      { ...BEFORE, B: ['Print teh list', 'Write tests'] },
      [READ, TESTS_A, PRINT, TESTS_B],
    ],
    [
      'a typo is corrected and a similar line is inserted before it',
      { ...BEFORE, B: ['Print the table', 'Print teh list', 'Write tests'] },
      [READ, TESTS_A, '3-print-the-table', PRINT, TESTS_B],
    ],
    [
      'it is reworded in its place',
      { ...BEFORE, B: ['Print the sorted list', 'Write tests'] },
      [READ, TESTS_A, PRINT, TESTS_B],
    ],
    ['groups change places', { B: BEFORE.B, A: BEFORE.A }, [PRINT, TESTS_B, READ, TESTS_A]],
    [
      'its group has another name',
      { First: BEFORE.A, Second: BEFORE.B },
      [READ, TESTS_A, PRINT, TESTS_B],
    ],
    [
      'it moves to another group',
      { A: ['Write tests'], B: ['Print the list', 'Write tests', 'Read the file'] },
      [TESTS_A, PRINT, TESTS_B, READ],
    ],
  ])('if %s', (_, groups, ids) => {
    expect(idsAfter(groups)).toEqual(ids)
  })

  test.each<[string, Record<string, string[]>, Record<string, string[]>, number[]]>([
    [
      'after one',
      { A: ['Read', 'Test', 'Print', 'Test'] },
      { A: ['Print', 'Test', 'Read', 'Test'] },
      [2, 3, 0, 1],
    ],
    [
      'before one',
      { A: ['Test', 'Read', 'Test', 'Print'] },
      { A: ['Test', 'Print', 'Test', 'Read'] },
      [2, 3, 0, 1],
    ],
    ['in a group that moves', grouped(TEN), grouped(TEN.toReversed()), TEN.map(at => 9 - at)],
  ])('if its words occur several times and it stays %s', (_, before, now, places) => {
    const record = givenIds(planOf(before))
    expect(idsAfter(now, [record])).toEqual(places.map(place => record[place]?.id))
  })

  test('if it was gone for a while, although the list was recorded without it', () => {
    const without = withGivenIds(planOf({ B: BEFORE.B }), [RECORD])
    const records = [RECORD, givenIds(without)]
    expect(idsAfter(BEFORE, records)).toEqual([READ, TESTS_A, PRINT, TESTS_B])
  })

  test('if the plan is changed again and again', () => {
    const records = [RECORD]
    const titles = ['Read the file', 'Write tests']
    for (let step = 0; step < 5; step += 1) {
      titles.unshift(`New ${step}`)
      records.push(givenIds(withGivenIds(planOf({ ...BEFORE, A: titles }), records)))
    }
    const last = records.at(-1)?.map(({ id }) => id)
    expect(last?.slice(-4)).toEqual([READ, TESTS_A, PRINT, TESTS_B])
    expect(new Set(last).size).toBe(9)
  })
})

describe('a new task', () => {
  test('never gets the id of another task, not even of one that is gone', () => {
    const removed = givenIds(withGivenIds(planOf({ B: BEFORE.B }), [RECORD]))
    // The same id would follow from its position and words, but it is in another group.
    const next = idsAfter({ C: ['Read the file'], B: BEFORE.B }, [RECORD, removed])
    expect(next).toEqual([`${READ}#2`, PRINT, TESTS_B])
  })

  test('with other words in the place of a task that is gone has an id of its own', () => {
    expect(idsAfter({ ...BEFORE, A: ['Deploy everything', 'Write tests'] })[0]).toBe(
      '1-deploy-everything',
    )
  })
})

test('every mention of a task in the plan follows its id', () => {
  const plan = planOf({ A: ['New', ...BEFORE.A], B: BEFORE.B })
  const [first = '', second = ''] = plan.tasks.map(({ id }) => id)
  const tasks = plan.tasks.map(task => (task.id === first ? { ...task, parts: [second] } : task))
  const problems = [{ path: 'a', line: 1, text: '', blocks: [second] }]
  const renamed = withGivenIds({ ...plan, tasks, problems }, [RECORD])
  expect(renamed.tasks[0]?.parts).toEqual([READ])
  expect(renamed.problems[0]?.blocks).toEqual([READ])
  expect(renamed.phases[0]?.tasks).toEqual([first, READ, TESTS_A])
})

test('the ids of 5,000 tasks are found while many of them change', () => {
  const titles = Array.from({ length: 5_000 }, (_, at) => `Write part ${at % 7} of ${at}`)
  const record = givenIds(planOf({ A: titles }))
  const changed = titles.map((title, at) => (at % 3 === 0 ? `${title} now` : title))
  expect(idsAfter({ A: changed }, [record])).toEqual(record.map(({ id }) => id))
})
