import process from 'node:process'
import { describe, expect, it } from 'vitest'
import { mistakeIn } from '../../src/evidence/test-mistakes.ts'

const JS = `import test from 'node:test'
import assert from 'node:assert/strict'
import { slug } from '../src/slug.js'
// slgu is not defined
test('slgu is not defined here', () => {
  const { text } = { text: 'a' }
  assert.equal(slgu(text), 'a')
})
`
const PYTHON = `from slug import slug


class SlugTest(unittest.TestCase):
    def test_a_title(self):
        self.assertEquals(slgu('A'), 'a')
`

function mistake(message: string, text = JS, file = 'test/slug.test.js') {
  return mistakeIn({ id: `${file} > a`, file, outcome: 'failed', reason: 'error', message }, text)
}

describe('a mistake in the test itself', () => {
  it.each([
    ['slgu is not defined'],
    ['ReferenceError: slgu is not defined'],
    ["ReferenceError: Can't find variable: slgu"],
  ])('is a name that only the test uses and does not define: %s', message => {
    expect(mistake(message)).toEqual({ line: 7, what: '`slgu` is not defined' })
    expect(mistake(message, JS.replace('slgu(text)', '$x(slgu)'))?.line).toBe(7)
  })

  it('is found in Python too', () => {
    const name = "NameError: name 'slgu' is not defined. Did you mean: 'slug'?"
    expect(mistake(name, PYTHON, 'tests/test_slug.py')).toEqual({
      line: 6,
      what: '`slgu` is not defined',
    })
    const method =
      "AttributeError: 'SlugTest' object has no attribute 'assertEquals'. Did you mean: 'assertEqual'?"
    expect(mistake(method, PYTHON, 'tests/test_slug.py')).toEqual({
      line: 6,
      what: 'there is no `assertEquals`',
    })
  })

  it.each([
    ['assert.equals is not a function', 'assert.equals(1, 1)', 'equals'],
    ['TypeError: expect(...).toEquals is not a function', 'expect(1).toEquals(1)', 'toEquals'],
    ['Invalid Chai property: toEqul. Did you mean "toEqual"?', 'expect(1).toEqul(1)', 'toEqul'],
  ])('is a misspelt expectation: %s', (message, line, name) => {
    const text = JS.replace("assert.equal(slgu(text), 'a')", line)
    expect(mistake(message, text)).toEqual({ line: 7, what: `there is no \`${name}\`` })
  })
})

describe('what may be the missing behaviour is not a mistake of the test', () => {
  it.each([
    // An error in the code under test: the test does not use that name.
    ['other is not defined', JS],
    // The test has the name only in a text or a comment.
    ['slgu is not defined', JS.replace('slgu(text)', 'slug(text)')],
    // The test defines the name, so the error is from another file.
    ['slug is not defined', JS],
    ['text is not defined', JS],
    ['helper is not defined', `function helper() {}\nhelper()\n`],
    ['each is not defined', `for (const each of list) run(each)\n`],
    // A method that the task adds.
    ['stack.push is not a function', JS],
    ["Cannot read properties of undefined (reading 'length')", JS],
    [undefined, JS],
  ])('%s', (message, text) => {
    expect(mistake(message ?? '', text)).toBeUndefined()
  })

  it.each([
    ["NameError: name 'slug' is not defined", PYTHON],
    ["NameError: name 'other' is not defined", PYTHON],
    ["AttributeError: 'Stack' object has no attribute 'push'", PYTHON],
    ["AttributeError: module 'slug' has no attribute 'slgu'", PYTHON],
    ["NameError: name 'made' is not defined", `made = 1\nprint(made)\n`],
    ["NameError: name 'made' is not defined", `def test_a(made):\n    assert made\n`],
  ])('%s', (message, text) => {
    expect(mistake(message, text, 'tests/test_slug.py')).toBeUndefined()
  })

  it.each([
    ["import assert from '../src/assert.js'", 'assert.equals'],
    ["import { expect } from './expect.js'", 'expect(...).equals'],
    ["const { expect } = require('../src/expect')", 'expect(...).to.equals'],
    ["import chai from '../../lib/chai.js'", 'chai.equals'],
    ["import { should, expect } from '../should.js'", 'expect(...).equals'],
  ])('an expectation of a library that the project builds: %s', (line, method) => {
    const text = `${line}\nassert.equals(1, 1)\n`
    expect(mistake(`${method} is not a function`, text)).toBeUndefined()
    const installed = text.replace(/(['"])\.[^'"]*/, '$1library')
    expect(mistake(`${method} is not a function`, installed)?.line).toBe(2)
  })

  it('is one of the test if only another import of the line is of the project', () => {
    const text = `import assert from 'assert'; import { a } from './a.js'\nassert.equals(a, 1)\n`
    expect(mistake('assert.equals is not a function', text)?.line).toBe(2)
  })

  it('in a test file that is too large to look through', () => {
    const padded = (characters: number) => JS.padEnd(characters)
    expect(mistake('slgu is not defined', padded(200_000))?.line).toBe(7)
    expect(mistake('slgu is not defined', padded(200_001))).toBeUndefined()
  })

  it('an expectation that failed, whatever its text, and a file in another language', () => {
    const test = { id: 'a', file: 'a.test.js', outcome: 'failed', reason: 'assertion' } as const
    expect(mistakeIn({ ...test, message: 'slgu is not defined' }, JS)).toBeUndefined()
    expect(mistake('slgu is not defined', JS, 'spec/slug_spec.rb')).toBeUndefined()
  })
})

it.each([
  ['words that define', 'let '],
  ['brackets', '( x '],
  ['escaped quotes', String.raw`\'`],
  ['comments', '/* '],
  ['the name', 'slgu '],
  ['lines with the name', 'slgu\n'],
])('a large file that repeats %s takes no long time', (_what, shape) => {
  const text = `slgu()\n${shape.repeat(150_000 / shape.length)}`
  const before = process.cpuUsage()
  mistake('slgu is not defined', text)
  // Far more than linear work takes, and far less than quadratic work.
  expect(process.cpuUsage(before).user).toBeLessThan(5_000_000)
})
