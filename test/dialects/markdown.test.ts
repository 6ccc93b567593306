import { array, assert, constantFrom, property } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { headingText, longLineProblems, rowsOf } from '../../src/dialects/markdown.ts'
import { remarkLines, scannerLines } from './remark-comparison.ts'
import { fixtures, source } from './spec-kit/fixture.ts'

test.each(fixtures)('the headings and items of %s are the same as in remark', name => {
  expect(scannerLines(source(name))).toEqual(remarkLines(source(name)))
})

describe('the scanner agrees with remark on', () => {
  test.each([
    ['a code block that ends with its list item', '- a\n  ```\n  - [ ] no\n- b\n'],
    ['a code block that is never closed', '- a\n\n```\n- [ ] no\n'],
    ['a code block inside a longer fence', '````\n```\n- no\n````\n- yes\n'],
    ['a code block that begins after a bullet', '- ```\n  - no\n  ```\n- yes\n'],
    ['a code span that looks like a code block', '``` a ` b\n- yes\n'],
    ['indented code', 'a\n\n    - no\n\n- yes\n\n      - no\n'],
    ['a line that continues a paragraph', '- a\n        - no\n'],
    ['a comment in a list item', '- a\n  <!--\n  - no\n  -->\n- b\n'],
    ['a comment that ends in its line', '<!-- a --> - no\n- yes\n'],
    ['a block of HTML up to a blank line', '<div>\n- no\n\n- yes\n'],
    ['a tag alone after a paragraph', 'a\n<span>\n- yes\n'],
    ['preformatted text', '<pre>\n\n- no\n</pre>\n- yes\n'],
    ['front matter', '---\n- no\n---\n- yes\n'],
    ['rules that look like bullets', '- - -\n* * *\n- yes\n'],
    ['a numbered line within a paragraph', 'a\n2. no\n1. yes\n'],
    ['nested lists', '- a\n  - b\n    - c\n  1. d\n- e\n'],
    ['tabs', '-\ta\n\t- b\n\t\t- c\n'],
    ['an empty item', '-\n- a\n'],
    ['seven signs and signs without a space', '####### no\n#no\n# yes\n'],
    ['a heading with closing signs', '## a ##\n'],
    ['a paragraph that a heading ends', 'a\n# b\n- c\n'],
  ])('%s', (_, text) => {
    expect(scannerLines(text)).toEqual(remarkLines(text))
  })

  test('random sequences of such lines', () => {
    const line = constantFrom(
      '- a',
      '  - b',
      '    - c',
      '* d',
      '1. e',
      '   f',
      '# g',
      '## h ##',
      '',
      '',
      '```',
      '~~~',
      '  ```',
      'text',
      '---',
      '<!-- x',
      '-->',
      '  more',
    )
    assert(
      property(array(line, { maxLength: 14 }), lines => {
        const text = `a\n\n${lines.join('\n')}\n`
        expect(scannerLines(text)).toEqual(remarkLines(text))
      }),
      { numRuns: 500 },
    )
  })
})

test('three dashes in the first line without a second rule hide nothing', () => {
  expect(scannerLines('---\n- yes\n')).toEqual(['2 item'])
})

test('three dashes around boxes are rules', () => {
  const text = '---\n# A\n- [ ] one\n---\n- [ ] two\n---\n'
  expect(scannerLines(text)).toEqual(expect.arrayContaining(['3 item', '5 item']))
  expect(scannerLines('---\ntitle: a\n- no\n---\n- [ ] yes\n')).toEqual(['5 item'])
})

test('rows keep the offsets of the source', () => {
  const text = '\ufeff# A\r\n\r\n- b\rc\n'
  expect(rowsOf(text).map(row => text.slice(row.start, row.start + row.text.length))).toEqual([
    '# A',
    '',
    '- b\rc',
  ])
})

test('a lone CR ends a line only in a file without any LF', () => {
  expect(rowsOf('- a\r- b\r').map(({ text }) => text)).toEqual(['- a', '- b'])
  expect(rowsOf('- a\rb\n- c\n').map(({ line, text }) => [line, text])).toEqual([
    [1, '- a\rb'],
    [2, '- c'],
  ])
})

test('the text of a heading excludes the closing signs', () => {
  expect(rowsOf('## Phase 1: C# ##\n').map(headingText)).toEqual(['Phase 1: C#'])
})

test('only the beginning of a very long line is read, and a problem names it', () => {
  const text = `- [ ] T001 ${'a'.repeat(5_000)}\n\n\`\`\`\n${'b'.repeat(5_000)}\n\`\`\`\n`
  const rows = rowsOf(text)
  expect(rows.map(row => row.text.length)).toEqual([2_000, 0, 3, 2_000, 3])
  expect(longLineProblems(rows, 'tasks.md')).toMatchObject([
    { path: 'tasks.md', line: 1, text: expect.stringContaining('5011 characters') },
  ])
})
