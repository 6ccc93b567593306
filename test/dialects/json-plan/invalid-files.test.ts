import { assert, constantFrom, nat, property, string } from 'fast-check'
import { describe, expect, test, vi } from 'vitest'
import { Unreadable, Unsupported } from '../../../src/dialects/dialect.ts'
import { fixtures, jsonOf, plan, source } from './fixture.ts'

function refusal(text: string): Unreadable {
  try {
    plan(text)
  } catch (error) {
    if (error instanceof Unreadable) return error
    throw error
  }
  throw new Error('the file was read')
}

describe('invalid JSON is refused with its line', () => {
  test.each([
    ['nothing', '', 1],
    ['a missing comma', '{\n"title": "A"\n"tasks": []}', 3],
    ['a trailing comma', '{\n"tasks": [{"id": 1,\n}]}', 3],
    ['a comment', '{\n// note\n"tasks": []}', 2],
    ['trailing text', '{"tasks": [{"id": 1, "passes": false}]}\n\nx', 3],
    ['a missing end', '{\n"tasks": [{"id": 1', 2],
    ['an unterminated string', '{"tasks": [{"id": "', 1],
    ['a raw line break in a string', '{"title": "a\nb", "tasks": []}', 1],
    ['an invalid number', '{\r\n"tasks": [{"id": 01}]}', 2],
    ['a merge conflict', '{\n<<<<<<< HEAD\n"status": "APPROVED",\n', 2],
  ])('%s', (_, text, line) => {
    const error = refusal(text)
    expect(error.path).toBe('docs/plans/2026-06-01-one.json')
    expect(error.line).toBe(line)
    expect(error.message).toContain('not valid JSON')
  })
})

describe('JSON that is not a plan is refused', () => {
  test.each([
    ['a list', '[]', 'The file has no "tasks".'],
    ['a string', '"tasks"', 'The file has no "tasks".'],
    ['other fields', '{"title": "A"}', 'The file has no "tasks".'],
    ['tasks that are not a list', '{\n"tasks": {}}', '"tasks" is not a list.'],
    ['no tasks', jsonOf([]), '"tasks" is empty.'],
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

test('a file that is too large or nested too deeply is not parsed', () => {
  expect(refusal('['.repeat(200_000))).toBeInstanceOf(Unsupported)
  const many = Array.from({ length: 20_001 }, (_, id) => ({ id, passes: false }))
  expect(refusal(jsonOf(many))).toBeInstanceOf(Unsupported)
})

test('entries that are not tasks are reported and left out', () => {
  const { tasks, problems } = plan(jsonOf([null, 'x', { id: 1, passes: false }, [1]]))
  expect(tasks.map(({ id }) => id)).toEqual(['1'])
  expect(problems.map(({ text }) => text)).toEqual([
    'Entry 1 of "tasks" is not a task.',
    'Entry 2 of "tasks" is not a task.',
    'Entry 4 of "tasks" is not a task.',
  ])
})

test('the work for a repeated id grows linearly with the number of tasks', () => {
  const lookups = (count: number) => {
    const many = Array.from({ length: count }, () => ({ id: 1, passes: false }))
    const has = vi.spyOn(Set.prototype, 'has')
    try {
      expect(plan(jsonOf(many)).tasks.at(-1)?.id).toBe(`1#${count}`)
      return has.mock.calls.length
    } finally {
      has.mockRestore()
    }
  }
  expect(lookups(2000) / lookups(200)).toBeLessThan(10.5)
})

test('a plan that is damaged anywhere is read or refused without a crash', () => {
  assert(
    property(
      constantFrom(...fixtures),
      nat(),
      nat(9),
      string(),
      (name, position, cut, inserted) => {
        const text = source(name)
        const at = position % text.length
        const damaged = text.slice(0, at) + inserted + text.slice(at + cut)
        expect(isReadOrRefused(damaged)).toBe(true)
        expect(isReadOrRefused(text.slice(0, at))).toBe(true)
      },
    ),
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
