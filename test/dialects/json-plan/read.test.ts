import { describe, expect, test } from 'vitest'
import { LINE_ENDINGS } from '../line-endings.ts'
import { ready } from '../../../src/plan/order.ts'
import { buildSchedule } from '../../plan/build-plan.ts'
import { fixtures, jsonOf, plan, source } from './fixture.ts'
import { ids, task } from '../plan-queries.ts'

describe('a plan', () => {
  const read = plan(source('two-spaces.json'))

  test('has its title, one phase, and its tasks in file order', () => {
    expect(read.feature).toEqual({
      id: '2026-06-01-one',
      title: 'Ferry timetable',
      dialect: 'json-plan',
      dir: 'docs/plans/2026-06-01-one.json',
    })
    expect(read.phases).toEqual([
      { name: 'Ferry timetable', category: 'work', line: 7, tasks: ['1', '2', '3'] },
    ])
    expect(read.problems).toEqual([])
  })

  test('has the fields of a task', () => {
    expect(task(read, '2')).toEqual({
      id: '2',
      title: 'Next departure',
      description: 'Find the next departure after a moment',
      phase: 'Ferry timetable',
      kind: 'build',
      kindReason: 'it adds or changes behaviour',
      parallel: false,
      files: ['src/next.js', 'test/next.test.js'],
      dependsOn: ['1'],
      acceptance: ['the first one after midnight follows the last one before it'],
      location: { path: 'docs/plans/2026-06-01-one.json', line: 19 },
      markers: [expect.objectContaining({ text: 'false', state: 'open', line: 31 })],
    })
    expect(task(read, '3').kind).toBe('check')
  })

  test.each(['escapes.json', 'tabs.json', 'minified.json'])('is the same as %s', name => {
    const same = plan(source(name))
    const withoutLocations = (all: typeof read) =>
      all.tasks.map(({ location: _location, markers, ...rest }) => ({
        ...rest,
        states: markers.map(({ state }) => state),
      }))
    expect(withoutLocations(same)).toEqual(withoutLocations(read))
  })

  test('in the extended form has lists of criteria, phases, and paths inside the workspace', () => {
    const enhanced = plan(source('enhanced.json'))
    expect(task(enhanced, 'A1').acceptance).toEqual(['a packet is issued once', 'Unit tests pass'])
    expect(task(enhanced, 'A1').files).toEqual([
      'app/issue.py',
      'tests/test_issue.py',
      'app/stock.py',
    ])
    expect(enhanced.phases.map(({ name }) => name)).toEqual(['Issuing', 'Returning'])
  })

  test('of stories has their criteria and file order', () => {
    const stories = plan(source('stories.json'))
    expect(ids(stories)).toEqual(['US-001', 'US-002'])
    expect(task(stories, 'US-001').acceptance).toEqual([
      'Cumulus is named',
      'A blue sky has no name',
    ])
    expect(stories.order).toBeUndefined()
  })
})

describe('the order', () => {
  test('follows the dependencies if the file lists a task before one that it depends on', () => {
    const read = plan(source('inline.json'))
    expect(ids(read)).toEqual(['1', '2', '3'])
    expect(ready(read, buildSchedule({}))).toEqual(['2'])
    expect(ready(read, buildSchedule({ 2: 'settled' }))).toEqual(['3'])
    expect(ready(read, buildSchedule({ 2: 'settled', 3: 'settled' }))).toEqual(['1'])
  })

  test('makes tests that another task depends on come before the code', () => {
    expect(task(plan(source('inline.json')), '2').kind).toBe('test')
  })

  test('reports dependencies that do not exist or form a cycle', () => {
    const read = plan(
      jsonOf([
        { id: 1, dependencies: [9], passes: false },
        { id: 2, dependencies: ['3'], passes: false },
        { id: 3, dependencies: [2], passes: false },
      ]),
    )
    expect(read.problems.map(({ text, blocks }) => [text, blocks])).toEqual([
      ['1 depends on 9, which the plan does not have.', ['1']],
      ['2, 3 depend on each other in a cycle.', ['2', '3']],
    ])
  })
})

describe('ids', () => {
  test('are numbers of any size, or strings', () => {
    const text =
      '{"tasks":[{"id":12345678901234567890,"passes":false},{"id":"007","passes":false}]}'
    expect(ids(plan(text))).toEqual(['12345678901234567890', '007'])
  })

  test('that are repeated or missing are replaced and reported', () => {
    const read = plan(
      jsonOf([
        { id: 1, passes: false },
        { id: '1', passes: false },
        { id: '1#2', passes: false },
        { name: 'Nameless', passes: false },
        { id: null, passes: false },
      ]),
    )
    expect(ids(read)).toEqual(['1', '1#2', '1#2#2', 'task-4', 'task-5'])
    expect(read.problems.map(({ text }) => text)).toEqual([
      'The id 1 is already used, so this task is called 1#2. Give it an id of its own.',
      'The id 1#2 is already used, so this task is called 1#2#2. Give it an id of its own.',
      'The task has no id, so it is called task-4.',
      'The task has no id, so it is called task-5.',
    ])
  })
})

describe('a state', () => {
  test.each([
    [true, 'done'],
    ['true', 'done'],
    ['false', 'open'],
    [null, 'open'],
    [0, 'open'],
    ['In Progress', 'doing'],
    ['cancelled', 'other'],
    ['no such word', 'open'],
  ])('written as %j is %s', (passes, state) => {
    expect(plan(jsonOf([{ id: 1, passes }])).tasks[0]?.markers[0]?.state).toBe(state)
  })

  test('in words is written, but a flag that is not a boolean blocks its task', () => {
    const tasks = [
      { id: 1, status: 'pending' },
      { id: 2, passes: 'false' },
      { id: 3, passes: null },
      { id: 4, passes: false },
    ]
    expect(plan(jsonOf(tasks)).problems).toEqual([
      {
        path: 'docs/plans/2026-06-01-one.json',
        line: 11,
        text: '2 and 1 more have the state "false", which the server does not write. Give every task a "passes": false or true.',
        blocks: ['2', '3'],
      },
    ])
  })

  test('that is missing blocks its task', () => {
    const [problem] = plan(jsonOf([{ id: 1, passes: true }, { id: 2 }])).problems
    expect(problem?.text).toBe('2 has no state. Give every task a "passes": false or true.')
    expect(problem?.blocks).toEqual(['2'])
  })
})

test('a repeated key blocks its task, and the last value counts', () => {
  const read = plan('{"tasks":[{"id":1,"passes":true,\n"passes":false}]}')
  expect(read.tasks[0]?.markers[0]).toMatchObject({ state: 'open', line: 2 })
  expect(read.problems).toEqual([
    expect.objectContaining({
      line: 2,
      text: '1 has the key "passes" twice. Keep one of them.',
      blocks: ['1'],
    }),
  ])
})

describe.each(Object.entries(LINE_ENDINGS))('with %s', (_, change) => {
  test.each(fixtures)('every marker of %s has the right offsets', name => {
    const text = change(source(name))
    const { tasks } = plan(text)
    for (const { markers } of tasks)
      for (const { start, end, text: mark, line } of markers) {
        expect(text.slice(start, end)).toBe(mark)
        expect(text.slice(0, start).split('\n')).toHaveLength(line)
      }
    expect(ids(plan(text))).toEqual(ids(plan(source(name))))
  })
})
