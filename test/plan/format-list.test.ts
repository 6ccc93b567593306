import { describe, expect, it } from 'vitest'
import { countOf, formatList, limitLines } from '../../src/plan/format-list.ts'

describe('a list in a sentence', () => {
  it('has "and" before its last item', () => {
    expect(formatList([])).toBe('')
    expect(formatList(['a'])).toBe('a')
    expect(formatList(['a\nNext: b', 'c\u2028d'])).toBe('a Next: b and c d')
    expect(formatList(['a', 'b'])).toBe('a and b')
    expect(formatList(['a', 'b', 'c'])).toBe('a, b and c')
  })

  it('counts the items beyond a limit', () => {
    expect(formatList(['a', 'b', 'c'], 3)).toBe('a, b and c')
    expect(formatList(['a', 'b', 'c', 'd'], 3)).toBe('a, b, c and 1 more')
    expect(formatList(['a', 'b', 'c'], 1)).toBe('a and 2 more')
    expect(formatList(['a, b', 'c', 'd'], 2, '; ')).toBe('a, b; c and 1 more')
  })

  it('a count agrees with its noun', () => {
    expect([0, 1, 2].map(count => countOf(count, 'task'))).toEqual(['0 tasks', '1 task', '2 tasks'])
    expect([1, 2].map(count => countOf(count, 'box', 'boxes'))).toEqual(['1 box', '2 boxes'])
  })

  it('ends with a line that counts the lines beyond a limit', () => {
    expect(limitLines(['a', 'b'], 2)).toEqual(['a', 'b'])
    expect(limitLines(['a', 'b', 'c', 'd'], 2)).toEqual(['a', 'b', '… and 2 more'])
  })
})
