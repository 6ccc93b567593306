import { expect, test } from 'vitest'
import { isPredicted } from '../../src/evidence/predicted-failure.ts'

test.each([
  ['cannot import name "tokenise"', "ImportError: cannot import name 'tokenise' from 'duration'"],
  ['Cannot find module ./slug', "Error: Cannot find module '/tmp/a/src/./slug'"],
  ['slugify is not defined', 'ReferenceError: slugify is\n  not   defined'],
  ['expected 5 to be 6', 'AssertionError: EXPECTED 5 to be 6'],
])('the prediction %j is met by %j', (prediction, message) => {
  expect(isPredicted(prediction, ['other', message])).toBe(true)
})

test.each([
  ['slugify is not defined', 'TypeError: slugify is not a function'],
  ['expected 5 to be 6', 'expected 5 to be 7'],
  ['import', ''],
  ['', 'TypeError'],
])('the prediction %j is not met by %j', (prediction, message) => {
  expect(isPredicted(prediction, [message])).toBe(false)
})
