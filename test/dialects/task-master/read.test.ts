import { describe, expect, test } from 'vitest'
import { Unreadable, Unsupported } from '../../../src/dialects/dialect.ts'
import { mayStart, ready, type TaskStatus } from '../../../src/plan/order.ts'
import { ids, states, task } from '../plan-queries.ts'
import { fileOf, PATH, planOf } from './fixture.ts'

const OPEN: TaskStatus = {
  settled: false,
  unverified: false,
  active: false,
  failed: false,
  other: false,
}
const schedule = { statusOf: () => OPEN, closedPhases: [] }

describe('a task', () => {
  test('has its title, description, details and test strategy', () => {
    const [read] = planOf(
      fileOf({
        id: 1,
        title: 'Add',
        description: 'Adds an item.',
        details: 'In src/add.js.',
        testStrategy: 'test/add.test.js adds two.',
        acceptanceCriteria: ['two items'],
        status: 'pending',
      }),
    ).tasks
    expect(read).toMatchObject({
      id: '1',
      title: 'Add',
      description: 'Adds an item.\n\nIn src/add.js.',
      files: ['src/add.js', 'test/add.test.js'],
      acceptance: ['two items', 'test/add.test.js adds two.'],
      phase: 'master',
      kind: 'build',
      location: { path: PATH, line: 4 },
    })
  })

  test.each([
    ['pending', 'open'],
    ['in-progress', 'doing'],
    ['review', 'doing'],
    ['done', 'done'],
    ['completed', 'done'],
    ['deferred', 'other'],
    ['cancelled', 'other'],
    ['Done', 'done'],
    ['in_progress', 'doing'],
  ])('with the status %s is %s', (status, state) => {
    expect(states(planOf(fileOf({ id: 1, title: 'A', status })))).toEqual([`1 ${state}`])
  })

  test('without a status is pending', () => {
    const plan = planOf(fileOf({ id: 1, title: 'A' }))
    expect(states(plan)).toEqual(['1 open'])
    expect(plan.problems).toEqual([])
  })

  test('that is blocked waits for a human', () => {
    const plan = planOf(fileOf({ id: 1, title: 'A', status: 'blocked' }, { id: 2, title: 'B' }))
    expect(plan.problems).toMatchObject([{ line: 7, blocks: ['1'] }])
    expect(ready(plan, schedule)).toEqual(['2'])
  })

  test.each(['todo', 'finished?', 7, true, null])(
    'with the unknown status %j is open and a named problem',
    status => {
      const plan = planOf(fileOf({ id: 1, title: 'A', status }))
      const isReported = plan.problems.some(({ line, text }) => line === 7 && /status/.test(text))
      expect(states(plan)).toEqual(['1 open'])
      expect(isReported).toBe(true)
    },
  )
})

describe('sub-tasks', () => {
  test('say what they are a part of, and long texts only as far as they help', () => {
    const outer = (details: string) =>
      fileOf({
        id: 1,
        title: 'Cart',
        description: 'A cart.',
        details,
        subtasks: [
          { id: 1, title: 'Add', description: 'One item.' },
          { id: 2, title: 'Sum' },
        ],
      })
    const texts = planOf(outer('In src/cart.js.')).tasks.map(({ description }) => description)
    const around = 'Part of 1, Cart: A cart.\n\nIn src/cart.js.'
    expect(texts.slice(1)).toEqual([`One item.\n\n${around}`, around])
    const [, , long] = planOf(outer('x'.repeat(5_000))).tasks
    expect(long?.description).toMatch(/^Part of 1, Cart: A cart\.\n\nx{1,1500}…$/)
  })

  const nested = fileOf(
    {
      id: 5,
      title: 'All',
      dependencies: [4],
      subtasks: [
        { id: 1, title: 'A', dependencies: [] },
        { id: 2, title: 'B', dependencies: [1] },
        { id: '5.3', title: 'C', dependencies: ['5.2', '4.1'] },
      ],
    },
    { id: 4, title: 'First', subtasks: [{ id: 1, title: 'D', files: ['src/d.js'] }] },
    { id: 6, title: 'Last', dependencies: ['5.2', 5] },
  )

  test('follow their task, which only groups them', () => {
    const plan = planOf(nested)
    expect(ids(plan)).toEqual(['5', '5.1', '5.2', '5.3', '4', '4.1', '6'])
    expect(task(plan, '5')).toMatchObject({
      parts: ['5.1', '5.2', '5.3'],
      kindReason: 'it groups 5.1, 5.2 and 5.3',
    })
    expect(task(plan, '4.1').files).toEqual(['src/d.js'])
    expect(plan.problems).toEqual([])
  })

  test('name each other by their number, and wait for what their task waits for', () => {
    const plan = planOf(nested)
    const waits = Object.fromEntries(plan.tasks.map(({ id, dependsOn }) => [id, dependsOn]))
    expect(waits).toEqual({
      '5': ['4'],
      '5.1': ['4'],
      '5.2': ['5.1', '4'],
      '5.3': ['5.2', '4.1', '4'],
      '4': [],
      '4.1': [],
      '6': ['5.2', '5'],
    })
    expect(mayStart(plan, '5.1', schedule)).toMatchObject({ ready: false })
    expect(mayStart(plan, '4.1', schedule)).toEqual({ ready: true })
  })

  test('may name another task by its number', () => {
    const plan = planOf(
      fileOf(
        { id: 1, title: 'A' },
        { id: 2, title: 'B', subtasks: [{ id: 2, title: 'C', dependencies: [1] }] },
      ),
    )
    expect(task(plan, '2.2').dependsOn).toEqual(['1'])
  })

  test('ten deep are all read', () => {
    const deep = (level: number): object => ({
      id: 1,
      title: `Level ${level}`,
      subtasks: level < 10 ? [deep(level + 1)] : [],
    })
    const plan = planOf(fileOf(deep(1)))
    expect(ids(plan).at(-1)).toBe('1.1.1.1.1.1.1.1.1.1')
    expect(task(plan, '1.1').parts).toEqual(['1.1.1'])
  })
})

describe('problems name the file and the line', () => {
  test.each<[string, string, number, RegExp]>([
    [
      'a repeated id',
      fileOf({ id: 1, title: 'A' }, { id: 1, title: 'B' }),
      8,
      /1 is already used, so this task is called 1#2/,
    ],
    ['a task without an id', fileOf({ title: 'A' }), 4, /no id, so it is called task-1/],
    [
      'an entry that is not a task',
      fileOf({ id: 1 }, ['x']),
      7,
      /Entry 2 of the tag master is not/,
    ],
    ['sub-tasks that are not a list', fileOf({ id: 1, subtasks: { id: 2 } }), 6, /"subtasks" of 1/],
    ['a missing dependency', fileOf({ id: 1, dependencies: [9] }), 4, /depends on 9, which/],
    [
      'a repeated key',
      '{"tasks": [\n{"id": 1,\n"status": "done",\n"status": "pending"}]}',
      4,
      /twice/,
    ],
    [
      'tasks beside the tags',
      '{"master": {"tasks": [{"id": 1}]},\n"tasks": [{"id": 1, "status": "pending"}]}',
      2,
      /"tasks" is not a tag, so its 1 task is not read/,
    ],
    [
      'a tag without "tasks"',
      '{"master": {"tasks": [{"id": 1}]},\n"next": [{"id": 1, "status": "pending"}]}',
      2,
      /"next" is not a tag/,
    ],
  ])('%s', (_, text, line, message) => {
    const { problems } = planOf(text)
    expect(problems).toMatchObject([{ path: PATH, line, text: expect.stringMatching(message) }])
  })

  test('a cycle blocks its tasks', () => {
    const plan = planOf(fileOf({ id: 1, dependencies: [2] }, { id: 2, dependencies: ['1'] }))
    expect(plan.problems).toMatchObject([{ blocks: ['1', '2'] }])
  })
})

describe('a file is refused with its line', () => {
  test.each<[string, string, number, string]>([
    ['with a comment', '{\n// note\n"tasks": []}', 2, 'not valid JSON'],
    ['that is cut off', '{"master": {\n"tasks": [{"id": 1', 2, 'not valid JSON'],
    ['without tasks', '{"master": {}}', 1, 'The file has no "tasks".'],
    ['that is a list', '[]', 1, 'The file has no "tasks".'],
    ['with an empty tag', '{"master": {\n"tasks": []}}', 2, 'The tag master has no tasks.'],
    ['with only other entries', '{"master": {\n"tasks": [1]}}', 2, 'The tag master has no tasks.'],
    ['with tasks that are not a list', '{"master": {\n"tasks": {}}}', 2, 'is not a list'],
    ['with a tag twice', '{"master": {"tasks": []},\n"master": {"tasks": []}}', 2, 'occurs twice'],
    ['with a list twice', '{"master": {"tasks": [],\n"tasks": []}}', 2, 'occurs twice'],
    [
      'without the wanted tag',
      '{"next": {"tasks": [{"id": 1}]}}',
      1,
      'no tag master. It has next.',
    ],
  ])('%s', (_, text, line, message) => {
    const error = refusal(text)
    expect([error.path, error.line]).toEqual([PATH, line])
    expect(error.message).toContain(message)
  })

  test('with more than 20,000 tasks, sub-tasks included', () => {
    const subtasks = Array.from({ length: 20_000 }, (_, id) => ({ id, title: 'A' }))
    expect(refusal(fileOf({ id: 1, subtasks }))).toBeInstanceOf(Unsupported)
    expect(planOf(fileOf({ id: 1, subtasks: subtasks.slice(1) })).tasks).toHaveLength(20_000)
  })
})

function refusal(text: string): Unreadable {
  try {
    planOf(text)
  } catch (error) {
    if (error instanceof Unreadable) return error
    throw error
  }
  throw new Error('the file was read')
}
