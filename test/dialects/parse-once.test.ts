import { expect, it } from 'vitest'
import { parseOnce } from '../../src/dialects/parse-once.ts'

/** Parses a text into its words, and keeps the texts that it was asked to parse. */
function wordParser() {
  const parsed: string[] = []
  const parse = parseOnce((source: string) => {
    parsed.push(source)
    if (source === '') throw new Error('empty')
    return source.split(' ')
  })
  return { parse, parsed }
}

it('parses the same text once', () => {
  const { parse, parsed } = wordParser()
  expect(parse('a b')).toEqual(['a', 'b'])
  expect(parse('a c')).toEqual(['a', 'c'])
  expect(parse('a b')).toEqual(['a', 'b'])
  expect(parsed).toEqual(['a b', 'a c'])
})

it('keeps only the latest texts', () => {
  const { parse, parsed } = wordParser()
  for (const text of ['1', '2', '3', '4', '5', '5', '2', '1']) parse(text)
  expect(parsed).toEqual(['1', '2', '3', '4', '5', '1'])
})

it('tries a text again that could not be parsed', () => {
  const { parse, parsed } = wordParser()
  expect(() => parse('')).toThrow('empty')
  expect(() => parse('')).toThrow('empty')
  expect(parsed).toEqual(['', ''])
})
