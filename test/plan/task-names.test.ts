import { describe, expect, test } from 'vitest'
import { tasksMeantBy } from '../../src/plan/task-names.ts'

function idsMeantBy(named: string, ids: readonly string[]): string[] {
  return tasksMeantBy(
    named,
    ids.map(id => ({ id })),
  ).map(({ id }) => id)
}

describe('a task', () => {
  test.each([
    ['2', 'T002'],
    ['t2', 'T002'],
    ['T-002', 'T002'],
    ['task 2', 'TASK-2'],
    ['TASK-2', '2'],
    ['#2', 'BACK-2'],
    ['back-02', 'BACK-2'],
    ['2', '2-add-a-page'],
    ['task-2', '2-add-a-page'],
    ['2-Add-a-page', '2-add-a-page'],
    ['1.2', 'T-1.2'],
    ['Task 1.10', '1.10'],
    [' T002 ', 'T002'],
    ['003-x', '3-x'],
  ])('named %s is %s', (named, id) => {
    expect(idsMeantBy(named, ['T099', id, '2.9', '12-add'])).toEqual([id])
  })

  test.each([
    ['2', '2.1'],
    ['1.1', '1.10'],
    ['B-2', 'A-2'],
    ['2', '12'],
    ['2', 'T002#2'],
    ['the second', 'T002'],
    ['', 'T002'],
  ])('named %s is not %s', (named, id) => {
    expect(idsMeantBy(named, [id])).toEqual([])
  })

  test('whose name fits several is each of them, the same letters first', () => {
    expect(idsMeantBy('2', ['A-2', 'B-2'])).toEqual(['A-2', 'B-2'])
    expect(idsMeantBy('task-2', ['TASK-2', 'BUG-2'])).toEqual(['TASK-2'])
  })

  test('that moved in its file is meant by both numbers', () => {
    const tasks = [{ id: '2-b', idInFile: '1-b' }, { id: '1-a', idInFile: '2-a' }, { id: '3-c' }]
    expect(tasksMeantBy('2', tasks)).toHaveLength(2)
    expect(tasksMeantBy('3', tasks)).toEqual([{ id: '3-c' }])
  })
})
