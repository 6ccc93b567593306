import { describe, expect, test } from 'vitest'
import { fileOf, finished, reopened, started, statuses } from './fixture.ts'

const [A, B] = [
  { id: 1, title: 'A', status: 'pending' },
  { id: 2, title: 'B', status: 'pending' },
]
const NESTED = fileOf({ id: 5, title: 'All', status: 'pending', subtasks: [A, B] }, { ...A, id: 6 })

test('finishing a task changes its status and nothing else', () => {
  const text = '{"tasks":[ {"id":1,\t"status" : "pending","title":"\\u00e4"}] ,"x":1e3}'
  expect(finished(text, '1')).toBe(text.replace('"pending"', '"done"'))
  expect(reopened(finished(text, '1'), '1')).toBe(text)
})

test('a task without a status gets one with the spacing of the file', () => {
  const text = fileOf({ id: 1, title: 'A', details: 'x' })
  expect(finished(text, '1')).toBe(fileOf({ id: 1, title: 'A', status: 'done', details: 'x' }))
  const line = '{"tasks": [{"id": 1, "title": "A"}]}'
  expect(finished(line, '1')).toBe('{"tasks": [{"status": "done", "id": 1, "title": "A"}]}')
})

describe('as with task-master, a task with sub-tasks', () => {
  test('is in progress when the first of them starts', () => {
    expect(statuses(started(NESTED, '5.1'))).toEqual({
      '5': '"in-progress"',
      '5.1': '"in-progress"',
      '5.2': '"pending"',
      '6': '"pending"',
    })
  })

  test('is done with the last of them', () => {
    const first = finished(NESTED, '5.2')
    expect(statuses(first)).toMatchObject({ '5': '"pending"', '5.2': '"done"' })
    expect(statuses(finished(first, '5.1'))).toMatchObject({ '5': '"done"', '5.1': '"done"' })
  })

  test('does not wait for a cancelled sub-task, but for a deferred or blocked one', () => {
    const withStatus = (status: string) =>
      finished(fileOf({ id: 5, subtasks: [A, { ...B, status }] }), '5.1')
    expect(statuses(withStatus('cancelled'))).toMatchObject({ '5': '"done"' })
    for (const status of ['deferred', 'blocked', 'review'])
      expect(statuses(withStatus(status))).toMatchObject({ '5': '' })
  })

  test('is open again with one of them', () => {
    const done = finished(finished(NESTED, '5.1'), '5.2')
    const once = reopened(done, '5.1')
    expect(statuses(once)).toMatchObject({ '5': '"in-progress"', '5.1': '"pending"' })
    expect(statuses(reopened(once, '5.2'))).toMatchObject({ '5': '"pending"', '5.2': '"pending"' })
  })
})
