import { expect, it } from 'vitest'
import { saysNothing, saysTheSame } from '../../src/plan/document-text.ts'

it.each([
  ['nothing', ''],
  ['white space', ' \n\t\n'],
  ['a placeholder', '# TODO\n'],
  ['placeholders', '**TBD** — to-do: ... xxx'],
  ['a comment', '<!-- All\nof it -->\n'],
  ['a comment that is not closed', '<!-- All of it'],
  ['rules', '---\n\n***\n'],
])('a document with %s says nothing', (_, text) => {
  expect(saysNothing(text)).toBe(true)
})

it.each([
  ['a word', 'Slugs'],
  ['a word in another script', '见面'],
  ['a number', '42'],
  ['text after a comment', '<!-- a --> Text'],
  ['text before a comment', 'Text <!-- a -->'],
])('a document with %s says something', (_, text) => {
  expect(saysNothing(text)).toBe(false)
})

it.each([
  ['one word', 'A stack.', 'A queue.', false],
  ['a number', 'Version 1', 'Version 2', false],
  ['the order', 'one two', 'two one', false],
  ['punctuation', 'Well then', 'Well, then', false],
  ['a removed part', 'Old. New.', 'New.', false],
  ['a line break', 'one two', 'one\ntwo\n', true],
  ['an added comment', 'one two', 'one <!-- and --> two', true],
  ['an added placeholder', 'one two', 'one two\n\n## TODO', true],
  ['a removed placeholder', 'one two TODO', 'one two', false],
  ['a removed comment', 'one <!-- or --> two', 'one two', false],
  ['a sign', '| Windows | ❌ |', '| Windows | ✅ |', false],
  ['an operator', 'a + b', 'a - b', false],
  ['a box', '- [ ] one', '- [x] one', false],
  ['a rule of robots.txt', 'Disallow:', 'Disallow: /', false],
  ['the indentation of code', '```\nif a:\n  b\n```', '```\nif a:\n    b\n```', false],
  ['the indentation of a list', '- one\n - two', '- one\n  - two', true],
])('versions that differ in %s', (_, one, other, isSame) => {
  expect(saysTheSame(one, other)).toBe(isSame)
})

it('reads a text with many beginnings of comments in linear time', () => {
  expect(saysNothing('<!--'.repeat(100_000))).toBe(true)
})
