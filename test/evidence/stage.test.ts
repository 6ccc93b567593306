import { describe, expect, it } from 'vitest'
import { allows, nextMove } from '../../src/evidence/stage.ts'

describe('the stages of a task', () => {
  it('depend on its kind', () => {
    expect(nextMove('test', 'red')).toBe('mark_complete')
    expect(nextMove('build', 'red')).toBe('record_green')
    expect(nextMove('check', 'todo')).toBe('record_green')
    expect(nextMove('build', 'done')).toBeUndefined()
    expect(allows('build', 'todo', 'record_green')).toBe(false)
    expect(allows('build', 'red', 'mark_complete')).toBe(false)
    expect(allows('build', 'green', 'record_red')).toBe(true)
    expect(allows('check', 'todo', 'record_red')).toBe(false)
  })
})
