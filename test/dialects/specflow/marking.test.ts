import { assert, constantFrom, property } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { MARKDOWN_LINE_ENDINGS } from '../line-endings.ts'
import { finished, fixtures, readText, reopened, source, started } from './fixture.ts'
import { ids, states, task } from '../plan-queries.ts'

describe.each(Object.entries(MARKDOWN_LINE_ENDINGS))('with %s', (_, change) => {
  test.each(fixtures)('every marker of %s has the right offsets', name => {
    const text = change(source(name))
    for (const { markers } of readText(text).tasks)
      for (const { start, end, text: mark } of markers) expect(text.slice(start, end)).toBe(mark)
  })

  test.each(fixtures)('%s is read as with LF', name => {
    const read = readText(change(source(name)))
    expect(ids(read)).toEqual(ids(readText(source(name))))
    expect(states(read)).toEqual(states(readText(source(name))))
  })
})

const places = fixtures.flatMap(name =>
  Object.entries(MARKDOWN_LINE_ENDINGS).flatMap(([ending, change]) => {
    const text = change(source(name))
    const open = readText(text).tasks.filter(
      ({ markers }) => markers.length > 0 && markers.every(({ state }) => state === 'open'),
    )
    return open.map(({ id }) => ({ name, ending, text, id }))
  }),
)

test('finishing changes every marker of the task and no other task, and reopening restores the bytes', () => {
  expect(places.length).toBeGreaterThan(60)
  assert(
    property(constantFrom(...places), ({ text, id }) => {
      const done = finished(text, id)
      const before = states(readText(text))
      const after = states(readText(done))
      const all = task(readText(done), id).markers
      expect(all.every(({ state }) => state === 'done')).toBe(true)
      expect(after.filter(state => !state.startsWith(`${id} `))).toEqual(
        before.filter(state => !state.startsWith(`${id} `)),
      )
      expect(reopened(done, id)).toBe(text)
    }),
    { numRuns: 300 },
  )
})

test('finishing changes only the lines of the task and the lines that count it', () => {
  const text = source('boxes.md')
  const done = finished(text, 'T-1.2')
  const lines = text.split('\n')
  const changed = done.split('\n').flatMap((line, at) => (line === lines[at] ? [] : [line]))
  expect(changed).toEqual([
    'completed: 2',
    '- [x] **T-1.2** Count what is left [T] [P] (depends: T-1.1)',
    '| Group 1: Foundation | 3 | 2 | in progress |',
    '| **Total** | 6 | 2 | |',
    '| T-1.2 | completed | - | 2026-03-04 | |',
  ])
})

test('the last task of a group or of the plan completes its summary row', () => {
  const all = ['T-1.2', 'T-1.3', 'T-2.1', 'T-2.2', 'T-2.3']
  const done = all.reduce(finished, source('boxes.md'))
  expect(done).toContain('status: "completed"\ntotal_tasks: 6\ncompleted: 6\n')
  expect(done).toContain('| Group 1: Foundation | 3 | 3 | completed |')
  expect(done).toContain('| Group 2: Wiring | 3 | 3 | completed |')
  const again = reopened(done, 'T-2.3')
  expect(again).toContain('status: "pending"\ntotal_tasks: 6\ncompleted: 5\n')
  expect(again).toContain('| T-2.3 | pending | - | - | |')
})

test('finishing a task a second time changes nothing', () => {
  const done = finished(source('boxes.md'), 'T-1.2')
  expect(finished(done, 'T-1.2')).toBe(done)
})

describe('the style of the file', () => {
  test('is kept: a green tick if other rows have one, with the padding of the column', () => {
    const text = source('headings.md')
    expect(finished(text, 'T-1.3')).toContain('| T-1.3 | ✅      | looks hard      |')
    expect(finished(text, 'T-10.1')).toContain('| T-10.1 | ✅ |  |')
  })

  test.each([
    ['☐', '☑'],
    ['⬜', '✅'],
    ['pending', 'completed'],
    ['Pending', 'Completed'],
    ['TODO', 'DONE'],
    ['In Progress', 'Completed'],
    ['[ ]', '[x]'],
    ['**pending**', '**completed**'],
  ])('%s becomes %s if no task is done', (before, after) => {
    expect(finished(single(before), 'T-1.1')).toBe(single(after))
  })

  test.each([
    ['☑', '☐'],
    ['✅', '☐'],
    ['completed', 'pending'],
    ['DONE', 'TODO'],
    ['[x]', '[ ]'],
  ])('%s becomes %s if no task is open', (before, after) => {
    expect(reopened(single(before), 'T-1.1')).toBe(single(after))
  })

  test('is kept in a padded table: the width stays the same', () => {
    const text = table(['pending    ', 'in progress', 'pending    '])
    expect(finished(text, 'T-1.1')).toBe(table(['completed  ', 'in progress', 'pending    ']))
    expect(reopened(finished(text, 'T-1.1'), 'T-1.1')).toBe(text)
  })

  test('is kept for a deferred task until it is proven', () => {
    const text = source('headings.md')
    expect(states(readText(text))).toContain('T-2.2 other')
    expect(finished(text, 'T-2.2')).toContain('| T-2.2 | ✅     | not needed      |')
  })
})

describe('starting a task', () => {
  test('writes the date if the table has a column for it', () => {
    const text = started(source('boxes.md'), 'T-1.2')
    expect(text).toContain('| T-1.2 | pending | 2026-03-04 | - | |')
    expect(started(text, 'T-1.2')).toBe(text)
  })

  test('writes a status if the table has one for it', () => {
    const text = table(['pending', 'In Progress', 'pending'])
    expect(started(text, 'T-1.1')).toBe(table(['In Progress', 'In Progress', 'pending']))
  })

  test('changes nothing elsewhere', () => {
    const text = source('headings.md')
    expect(started(text, 'T-1.2')).toBe(text)
  })
})

test('reopening replaces the date by an empty cell in the style of the table', () => {
  const head = '| Task | Status | Started | Completed |\n|---|---|---|---|\n'
  for (const none of [' - ', ' ', '  ', '']) {
    const text = `### T-1.1: A [T]\n\n${head}| T-1.1 | pending |${none}|${none}|\n`
    const done = finished(text, 'T-1.1')
    expect(done).toMatch(/\| T-1\.1 \| completed \|.*\|\s*2026-03-04\s*\|\n$/)
    expect(reopened(done, 'T-1.1')).toBe(text)
  }
})

function single(status: string): string {
  return `# P\n\n| Task | Status |\n|---|---|\n| T-1.1 | ${status} |\n\n## Group 1: A\n\n### T-1.1: B [T]\n`
}

function table(statuses: readonly string[]): string {
  const rows = statuses.map((status, at) => `| T-1.${at + 1} | ${status} |`)
  const padded = (statuses[0] ?? '').endsWith(' ')
  const head = padded ? '| Task  | Status      |' : '| Task | Status |'
  const tasks = statuses.map((_, at) => `### T-1.${at + 1}: B${at} [T]`)
  return [head, '|---|---|', ...rows, '', '## Group 1: A', ...tasks, ''].join('\n')
}
