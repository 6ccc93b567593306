import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { loadPlaceIn } from '../../../src/runner/reports/load-place.ts'

const root = realpathSync(mkdtempSync(path.join(tmpdir(), 'redgreen-place-')))
afterAll(() => rmSync(root, { recursive: true, force: true }))
for (const file of [
  'test/a.test.js',
  'src/a.js',
  'tests/test_a.py',
  't/a.t',
  'node_modules/x/i.js',
]) {
  mkdirSync(path.join(root, path.dirname(file)), { recursive: true })
  writeFileSync(path.join(root, file), '')
}

const place = (file: string, ...texts: string[]) => loadPlaceIn(file, root, ...texts)

describe('the place of a load error', () => {
  it.each([
    [
      'test/a.test.js',
      'test/a.test.js:5',
      "SyntaxError: Unexpected token ';'",
      `file://${root}/test/a.test.js:5\nconst x = ;\n`,
    ],
    [
      'test/a.test.js',
      'test/a.test.js:5',
      'Parse failure: Parse failed with 1 error:\nUnexpected token\n5: const x\nAt file: /test/a.test.js:5:10',
    ],
    [
      'test/a.test.js',
      'test/a.test.js:5',
      `SyntaxError: ${root}/test/a.test.js: Unexpected token (5:10)`,
    ],
    ['test/a.test.js', 'src/a.js:5', `[ERROR] ${root}/src/a.js:[5,10] syntax error`],
    [
      'tests/test_a.py',
      'tests/test_a.py:6',
      `SyntaxError: invalid syntax\nFile "${root}/tests/test_a.py", line 6\nx = = 1`,
    ],
    ['tests/test_a.py', 'tests/test_a.py:7', 'SyntaxError: invalid syntax (test_a.py, line 7)'],
    ['t/a.t', 't/a.t:5', `syntax error at ${root}/t/a.t line 5, near "= ;"`],
    [
      'test/a.test.js',
      'src/a.js:3',
      `SyntaxError: x`,
      `${root}/src/a.js:3\n${root}/test/a.test.js:9`,
    ],
    [
      'test/a.test.js',
      'test/a.test.js:6',
      'this file contains an unclosed delimiter',
      ' --> test/a.test.js:6:9',
    ],
  ])('of %s is %s', (file, expected, ...texts) => {
    expect(place(file, ...texts)).toEqual({ place: expected, syntax: true })
  })

  it.each([
    "';' expected",
    '<identifier> expected',
    'class, interface, enum, or record expected',
    'illegal start of expression',
    'reached end of file while parsing',
    'unclosed string literal',
    'not a statement',
    'Expecting an element',
  ])('is a syntax error in the words of a compiler of Java or Kotlin: %s', text => {
    expect(place('test/a.test.js', text)).toEqual({ syntax: true })
  })

  it('is known without a syntax error, and a syntax error without its place', () => {
    const thrown = `TypeError: x is not a function\n    at file://${root}/src/a.js:3:1`
    expect(place('test/a.test.js', thrown)).toEqual({ place: 'src/a.js:3' })
    expect(place('test/a.test.js', 'SyntaxError: Unexpected token', '')).toEqual({ syntax: true })
  })

  it.each([
    [`SyntaxError: The requested module './m.js' does not provide an export named 'nope'`],
    ['SyntaxError: Cannot use import statement outside a module'],
    [`SyntaxError: Unexpected token '<'\n    at ${root}/node_modules/x/i.js:1:1`],
    ['Error: setup failed at gone.js:4'],
    [''],
  ])('is no syntax error of the project: %s', text => {
    expect(place('test/a.test.js', text)).toEqual({})
  })
})
