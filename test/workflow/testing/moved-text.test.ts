import { describe, expect, it } from 'vitest'
import { haveMovedInPackage } from '../../../src/workflow/testing/go-declarations.ts'
import { compareMoved, type TestText } from '../../../src/workflow/testing/moved-text.ts'

const TEST = `import test from 'node:test'
import { one } from '../src/one.js'

test('one', () => {
  assert.equal(one(), 1)
})
`
const MOVED = TEST.replace('../src', '../../src')
const SOURCES = { 'src/one.js': 'code', 'test/unit/src/one.js': 'stub' }
const EARLIER = at('test/one.test.js', TEST)

function at(file: string, text: string, files: Record<string, string> = SOURCES): TestText {
  return { file, text, tree: { files: { ...files, [file]: 'test' } } }
}

describe('a test file that moved to another folder', () => {
  it.each([
    ['imports the same module by another path', EARLIER, MOVED],
    ['has other line ends', EARLIER, MOVED.replaceAll('\n', '\r\n')],
    [
      'names a fixture by another path',
      at('test/one.test.js', `${TEST}read('../data/a.json')\n`),
      `${MOVED}read('../../data/a.json')\n`,
    ],
    [
      'keeps a text that only looks like a path',
      at('test/one.test.js', `${TEST}equal(up(), '../a')\n`),
      `${MOVED}equal(up(), '../a')\n`,
    ],
  ])('is the same if it %s', (_how, earlier, text) => {
    expect(compareMoved(earlier, at('test/unit/one.test.js', text))).toBe('same')
  })

  it('is the same if a helper with the same content moved too', () => {
    const text = "import { check } from './help.js'\ntest('one', check)\n"
    const earlier = at('test/one.test.js', text, { 'test/help.js': 'helper' })
    const moved = (content: string) =>
      compareMoved(earlier, at('test/unit/one.test.js', text, { 'test/unit/help.js': content }))
    expect(moved('helper')).toBe('same')
    expect(moved('weaker')).toBeUndefined()
  })

  it('has grown if a test, and its import, were added', () => {
    const more = MOVED.replace('\n\n', "\nimport { two } from '../../src/two.js'\n\n")
    const text = `${more}test('two', () => {\n  assert.equal(two(), 2)\n})\n`
    expect(compareMoved(EARLIER, at('test/unit/one.test.js', text))).toBe('grown')
  })

  it.each([
    ['an assertion was removed', MOVED.replace('  assert.equal(one(), 1)\n', '')],
    ['an expectation was changed', MOVED.replace('1)', '2)')],
    ['an expectation is a comment', MOVED.replace('  assert', '  // assert')],
    ['it is skipped', MOVED.replace("test('one'", "test.skip('one'")],
    ['it returns at once', MOVED.replace('  assert', '  return\n  assert')],
    ['it imports another module', TEST],
    ['it imports another module by another path', TEST.replace('../src', '../stub')],
    ['it imports a module of another name', MOVED.replace('one.js', 'two.js')],
    ['it is a new test of the same name', "import test from 'node:test'\ntest('one', () => {})\n"],
    ['it is empty', ''],
  ])('is another test if %s', (_how, text) => {
    expect(compareMoved(EARLIER, at('test/unit/one.test.js', text))).toBeUndefined()
  })

  it('knows the relative imports of Python, and a module that stands in for another', () => {
    const text = 'from ..stack import Stack\nimport math\n\ndef test_size():\n    assert Stack()\n'
    const earlier = at('app/tests/test_size.py', text, {})
    const compare = (now: string, files: Record<string, string> = {}) =>
      compareMoved(earlier, at('app/tests/unit/test_size.py', now, files))
    expect(compare(text.replace('..stack', '...stack'))).toBe('same')
    expect(compare(text)).toBeUndefined()
    const stub = { 'app/tests/unit/math.py': 'stub' }
    expect(compare(text.replace('..stack', '...stack'), stub)).toBeUndefined()
  })
})

const IMPORTS = 'package queue\n\nimport (\n\t"testing"\n\n\t"example.com/assert"\n)\n'
const FULL = '\nfunc TestFull(t *testing.T) {\n\tassert.True(t, full())\n}\n'
const HELPER = '\nfunc full() bool {\n\treturn New(0).Full()\n}\n'
const LEN = '\nfunc TestLen(t *testing.T) {\n\tassert.Equal(t, New(1).Len(), 0)\n}\n'

/** The tests of a package in two files, one of which is new, and perhaps a third. */
function inPackage(first: string, second: string, third = ''): boolean {
  const files: Record<string, string> = {
    'queue/queue_test.go': first,
    'queue/full_test.go': second,
    'queue/third_test.go': third,
  }
  const tree = { files }
  const earlier = { file: 'queue/queue_test.go', text: IMPORTS + FULL + HELPER + LEN, tree }
  return haveMovedInPackage(
    earlier,
    { file: 'queue/full_test.go', text: second, tree },
    file => files[file],
  )
}

describe('a test that moved to another file of its Go package', () => {
  it.each([
    ['alone', inPackage(IMPORTS + HELPER + LEN, IMPORTS + FULL)],
    ['with its helper', inPackage(IMPORTS + LEN, IMPORTS + FULL + HELPER)],
    [
      'while others were added',
      inPackage(`${IMPORTS + HELPER + LEN}\nfunc TestNew(t *testing.T) {}\n`, IMPORTS + FULL),
    ],
  ])('is the same: %s', (_how, isMoved) => {
    expect(isMoved).toBe(true)
  })

  it.each([
    [
      'its expectation changed',
      inPackage(IMPORTS + HELPER + LEN, IMPORTS + FULL.replace('True', 'False')),
    ],
    ['its helper changed', inPackage(IMPORTS + LEN, IMPORTS + FULL + HELPER.replace('0', '1'))],
    ['another test is gone', inPackage(IMPORTS + HELPER, IMPORTS + FULL)],
    [
      'an import has another package',
      inPackage(IMPORTS + HELPER + LEN, IMPORTS.replace('example.com', 'fake') + FULL),
    ],
    [
      'a dot import may replace names',
      inPackage(IMPORTS + HELPER + LEN, IMPORTS.replace('\n)', '\n\t. "fake"\n)') + FULL),
    ],
    [
      'a namesake is in a third file',
      inPackage(
        IMPORTS + HELPER + LEN,
        IMPORTS + FULL,
        `${IMPORTS}\nfunc full() bool { return true }\n`,
      ),
    ],
  ])('is another test if %s', (_how, isMoved) => {
    expect(isMoved).toBe(false)
  })
})
