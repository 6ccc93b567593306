import { assert, constantFrom, property, shuffledSubarray } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { MARKDOWN_LINE_ENDINGS } from '../line-endings.ts'
import { readText } from '../../kit/memory-workspace.ts'
import { finished, fixtures, reopened, source } from './fixture.ts'
import { ids, states, task } from '../plan-queries.ts'

describe.each(Object.entries(MARKDOWN_LINE_ENDINGS))('with %s', (_, change) => {
  test.each(fixtures)('every marker of %s has the right offsets', name => {
    const text = change(source(name))
    for (const { markers } of readText(text).tasks)
      for (const { start, end, text: mark } of markers) expect(text.slice(start, end)).toBe(mark)
  })

  test.each(fixtures)('%s has the same tasks as with LF', name => {
    expect(ids(readText(change(source(name))))).toEqual(ids(readText(source(name))))
  })
})

const places = fixtures.flatMap(name =>
  Object.entries(MARKDOWN_LINE_ENDINGS).flatMap(([ending, change]) => {
    const text = change(source(name))
    const plan = readText(text)
    const open = plan.tasks.filter(({ markers }) => markers[0]?.state === 'open')
    return open.map(({ id }) => ({ name, ending, text, id }))
  }),
)

test('finishing a task changes its mark and nothing else, and reopening restores the bytes', () => {
  assert(
    property(constantFrom(...places), ({ text, id }) => {
      const done = finished(text, id)
      const { markers } = task(readText(text), id)
      const [mark] = markers
      if (mark === undefined) throw new Error('an open task has a carrier')
      const grown = done.length - text.length
      expect(done.slice(0, mark.start)).toBe(text.slice(0, mark.start))
      expect(done.slice(mark.end + grown)).toBe(text.slice(mark.end))
      expect(reopened(done, id)).toBe(text)
    }),
    { numRuns: 300 },
  )
})

test('finishing a task changes no other task', () => {
  assert(
    property(constantFrom(...places), ({ text, id }) => {
      const before = states(readText(text))
      const after = states(readText(finished(text, id)))
      expect(after).toEqual(before.map(state => (state === `${id} open` ? `${id} done` : state)))
    }),
    { numRuns: 300 },
  )
})

test('finishing in any order produces the same file', () => {
  const text = source('stories.md')
  const open = places.filter(one => one.text === text).map(({ id }) => id)
  const expected = open.reduce(finished, text)
  assert(
    property(shuffledSubarray(open, { minLength: open.length }), order => {
      expect(order.reduce(finished, text)).toBe(expected)
    }),
    { numRuns: 20 },
  )
})

describe('the mark for a finished task', () => {
  test.each([
    ['upper case by default', '- [ ] T001 A\n', '- [X] T001 A\n'],
    [
      'lower case where the file uses it',
      '- [ ] T001 A\n- [x] T002 B\n',
      '- [X] T001 A\n- [x] T002 B\n'.replace('[X]', '[x]'),
    ],
    [
      'upper case in a tie',
      '- [ ] T001 A\n- [x] T2 B\n- [X] T3 C\n',
      '- [X] T001 A\n- [x] T2 B\n- [X] T3 C\n',
    ],
    [
      'a tick where the file ticks its headings',
      '## P\n### T1 A ✅\n### T001 B ##\n',
      '## P\n### T1 A ✅\n### T001 B ✅ ##\n',
    ],
    [
      'a leading tick where the file has it in front',
      '- ✅ T1 A\n- T001 B\n',
      '- ✅ T1 A\n- ✅ T001 B\n',
    ],
    ['a ticked box where the file has empty ones', '- ☐ T001 A\n', '- ☑ T001 A\n'],
    ['a green tick where the file has white squares', '- ⬜ T001 A\n', '- ✅ T001 A\n'],
    ['a mark instead of the one for begun', '- [~] T001 A\n', '- [X] T001 A\n'],
  ])('is %s', (_, before, after) => {
    expect(finished(before, 'T001')).toBe(after)
  })

  test('is not changed if it already exists', () => {
    const text = '- [x] T001 A\n- [X] T002 B\n- [X] T003 C\n'
    expect(finished(text, 'T001')).toBe(text)
  })

  test('is written only for the task, not for a repeated id or a copy below it', () => {
    const text = '- [ ] T001 A\n  - [ ] T001 noted\n- [ ] T001 B\n'
    expect(finished(text, 'T001')).toBe('- [X] T001 A\n  - [ ] T001 noted\n- [ ] T001 B\n')
    expect(finished(text, 'T001#2')).toBe('- [ ] T001 A\n  - [ ] T001 noted\n- [X] T001 B\n')
  })

  test('does not exist for a task without a state', () => {
    const text = source('bullets.md')
    expect(finished(text, 'T001')).toBe(text)
  })
})

test('a tick or a box is reopened in the style of the file', () => {
  expect(reopened('- [~] T001 A\n', 'T001')).toBe('- [ ] T001 A\n')
  expect(reopened('- ✅ T001 A\n- ⬜ T002 B\n', 'T001')).toBe('- ⬜ T001 A\n- ⬜ T002 B\n')
  expect(reopened('## P\n### T1 ✅ A\n### T2 B ✅\n', 'T1')).toBe('## P\n### T1 A\n### T2 B ✅\n')
})
