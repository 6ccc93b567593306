import { expect, test } from 'vitest'
import { applyEdits, changesOf } from '../../src/plan/edit.ts'

test('the offsets of several changes in a file are right, also for insertions at the same offset', () => {
  const edits = [
    { path: 'a', line: 1, start: 4, end: 5, from: 'b', to: 'longer' },
    { path: 'a', line: 1, start: 0, end: 1, from: 'a', to: '' },
    { path: 'a', line: 1, start: 6, end: 6, from: '', to: 'one' },
    { path: 'a', line: 1, start: 6, end: 6, from: '', to: 'two' },
    { path: 'b', line: 1, start: 0, end: 0, from: '', to: 'other file' },
  ]
  const text = applyEdits('a   b c', edits.slice(0, 4)) ?? ''
  for (const { offset = -1, to } of changesOf(edits).slice(0, 4))
    expect(text.slice(offset, offset + to.length)).toBe(to)
  expect(changesOf(edits).map(({ offset }) => offset)).toEqual([3, 0, 13, 10, 0])
})
