import { expect, it } from 'vitest'
import { mergeLedgers } from '../../src/evidence/merge-ledgers.ts'

it('keeps every line of both sides, ours first', () => {
  expect(mergeLedgers('a\nb\n', 'a\nc\n')).toBe('a\nb\nc\n')
  expect(mergeLedgers('', 'a\n')).toBe('a\n')
})

it('leaves a side with an unfinished last line to git', () => {
  expect(mergeLedgers('a\n{"seq"', 'a\nb\n')).toBeUndefined()
  expect(mergeLedgers('a\nb\n', 'a\n{"seq"')).toBeUndefined()
})
