import { assert, constantFrom, nat, property, string } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Unreadable, Unsupported } from '../../../src/dialects/dialect.ts'
import { fixtures, jsonOf, plan, source } from './fixture.ts'

function refusal(text: string): Unreadable {
  try {
    plan(text)
  } catch (error) {
    if (error instanceof Unreadable) return error
    throw error
  }
  throw new Error('it was read')
}

describe('what is no JSON is refused with its line', () => {
  test.each([
    ['nothing', '', 1],
    ['a missing comma', '{\n"title": "A"\n"tasks": []}', 3],
    ['a trailing comma', '{\n"tasks": [{"id": 1,\n}]}', 3],
    ['a comment', '{\n// note\n"tasks": []}', 2],
    ['something behind it', '{"tasks": [{"id": 1, "passes": false}]}\n\nx', 3],
    ['an open end', '{\n"tasks": [{"id": 1', 2],
    ['an open string', '{"tasks": [{"id": "', 1],
    ['a raw line break in a string', '{"title": "a\nb", "tasks": []}', 1],
    ['a wrong number', '{\r\n"tasks": [{"id": 01}]}', 2],
    ['a conflict that git left', '{\n<<<<<<< HEAD\n"status": "APPROVED",\n', 2],
  ])('%s', (_, text, line) => {
    const error = refusal(text)
    expect(error.path).toBe('docs/plans/2026-06-01-one.json')
    expect(error.line).toBe(line)
    expect(error.message).toContain('not valid JSON')
  })
})

describe('JSON that is no plan is refused', () => {
  test.each([
    ['a list', '[]', 'The file has no "tasks".'],
    ['a text', '"tasks"', 'The file has no "tasks".'],
    ['other things', '{"title": "A"}', 'The file has no "tasks".'],
    ['tasks that are no list', '{\n"tasks": {}}', '"tasks" is not a list.'],
    ['no task', jsonOf([]), '"tasks" is empty.'],
    ['two lists', '{"tasks": [],\n"tasks": []}', 'The key "tasks" occurs twice.'],
    [
      'two states',
      '{"status": "PENDING", "tasks": [], "status": "APPROVED"}',
      'The key "status" occurs',
    ],
  ])('with %s', (_, text, message) => {
    expect(refusal(text).message).toContain(message)
  })
})

test('what is no plan by its size or its depth is not looked into', () => {
  expect(refusal('['.repeat(200_000))).toBeInstanceOf(Unsupported)
  const many = Array.from({ length: 20_001 }, (_, id) => ({ id, passes: false }))
  expect(refusal(jsonOf(many))).toBeInstanceOf(Unsupported)
})

test('entries that are no tasks are said and left out', () => {
  const { tasks, problems } = plan(jsonOf([null, 'x', { id: 1, passes: false }, [1]]))
  expect(tasks.map(({ id }) => id)).toEqual(['1'])
  expect(problems.map(({ text }) => text)).toEqual([
    'Entry 1 of "tasks" is not a task.',
    'Entry 2 of "tasks" is not a task.',
    'Entry 4 of "tasks" is not a task.',
  ])
})

test('one id for 20,000 tasks is no trap', () => {
  const many = Array.from({ length: 20_000 }, () => ({ id: 1, passes: false }))
  const started = performance.now()
  expect(plan(jsonOf(many)).tasks.at(-1)?.id).toBe('1#20000')
  expect(performance.now() - started).toBeLessThan(10_000)
})

test('a plan that is cut or scribbled on anywhere is read or refused, never a crash', () => {
  assert(
    property(constantFrom(...fixtures), nat(), nat(9), string(), (name, place, cut, scribble) => {
      const text = source(name)
      const at = place % text.length
      const torn = text.slice(0, at) + scribble + text.slice(at + cut)
      expect(isReadOrRefused(torn)).toBe(true)
      expect(isReadOrRefused(text.slice(0, at))).toBe(true)
    }),
    { numRuns: 500 },
  )
})

function isReadOrRefused(text: string): boolean {
  try {
    return plan(text).tasks.length >= 0
  } catch (error) {
    return error instanceof Unreadable
  }
}
