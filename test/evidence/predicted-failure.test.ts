import { describe, expect, test } from 'vitest'
import { comparePrediction } from '../../src/evidence/predicted-failure.ts'

describe('a message that a plan quotes', () => {
  test.each([
    ['cannot import name "tokenise"', "ImportError: cannot import name 'tokenise' from 'a'", 'yes'],
    ['Cannot find module ./slug', "Error: Cannot find module '/tmp/a/src/./slug'", 'yes'],
    ['slugify is not defined', 'ReferenceError: slugify is\n  not   defined', 'yes'],
    ['expected 5 to be 6', 'AssertionError: EXPECTED 5 to be 6', 'yes'],
    ['slugify is not defined', 'TypeError: slugify is not a function', 'no'],
    ['expected 5 to be 6', 'expected 5 to be 7', 'no'],
    ['import', '', 'no'],
  ])('%j, compared with %j: %s', (text, message, result) => {
    expect(comparePrediction({ text, isQuoted: true }, ['other', message])).toBe(result)
  })
})

describe('prose about a failure', () => {
  test.each([
    ['module not found', "Error: Cannot find module './slug'", 'yes'],
    ['the module does not exist', 'ModuleNotFoundError: slug', 'yes'],
    [
      '`Stack` has no attribute `size`',
      "AttributeError: 'Stack' object has no attribute 'size'",
      'yes',
    ],
    [
      '`a` raises; `b` is not exported',
      "The requested module does not provide an export named 'b'",
      'yes',
    ],
    ['`Stack` does not exist', 'expected Stack to have a class', 'unclear'],
    ['the flag is unknown', 'expected 1 to be 2', 'unclear'],
    ['module not found', 'TypeError: x is not a function', 'unclear'],
    ['', 'TypeError', 'unclear'],
  ])('%j, compared with %j: %s', (text, message, result) => {
    expect(comparePrediction({ text, isQuoted: false }, ['other', message])).toBe(result)
  })
})
