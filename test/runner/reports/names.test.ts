import { describe, expect, test } from 'vitest'
import { cleanName, firstLine } from '../../../src/runner/reports/names.ts'

describe('names and messages', () => {
  test('are one line without control characters', () => {
    expect(cleanName(' a\n  b\t\u001b[31mc\u001b[0m\u0000d\u202e ')).toBe('a b c d')
    expect(firstLine('\n\u001b[1m  expected 1\u001b[0m\nto be 2')).toBe('expected 1')
    expect(firstLine('x'.repeat(9999))).toHaveLength(300)
  })
})
