import { describe, expect, it } from 'vitest'
import { haveSplit } from '../../../src/workflow/testing/split-tests.ts'

const textOf = (file: string, text: string) => ({ file, text, tree: { files: {} } })

const JS = `import test from 'node:test'
import assert from 'node:assert/strict'
import { size, push } from '../src/stack.js'

const TWO = [1, 2]
function three() {
  return [...TWO, 3]
}

test('size', () => assert.equal(size(TWO), 2))
test('push', () => {
  assert.deepEqual(push(TWO, 3), three())
})
`
const MOVED = `import assert from 'node:assert/strict'
import test from 'node:test'
import { push } from '../src/stack.js'

const TWO = [1, 2]
function three() {
  return [...TWO, 3]
}

test('push', () => {
  assert.deepEqual(push(TWO, 3), three())
})
`
const ID = 'tests/all.test.js > push'

const PY = `import pytest
from src.stack import push, size


@pytest.fixture
def two():
    return [1, 2]


def test_size(two):
    assert size(two) == 2


class TestPush:
    def test_one(self, two):
        assert push(two, 3) == [1, 2, 3]
`
const PY_MOVED = `import pytest
from src.stack import push


@pytest.fixture
def two():
    return [1, 2]


class TestPush:
    def test_one(self, two):
        assert push(two, 3) == [1, 2, 3]
`
const PY_ID = 'tests/test_all.py > TestPush > test_one'

const isSplit = (now: string, before = JS, id = ID, file = 'tests/push.test.js') =>
  haveSplit(id, textOf('tests/all.test.js', before), textOf(file, now))
const isSplitPython = (now: string) =>
  haveSplit(PY_ID, textOf('tests/test_all.py', PY), textOf('tests/test_push.py', now))

describe('a test moved out of its file', () => {
  it('if it and what it uses are the same in Python', async () => {
    expect(await isSplitPython(PY_MOVED)).toBe(true)
  })

  it.each([
    ['it and what it uses are the same', MOVED],
    ['it is formatted in another way', MOVED.replaceAll("'", '"').replaceAll(')\n', ');\n')],
    ['a test was added', `${MOVED}test('three', () => assert.equal(three().length, 3))\n`],
    ['its imports are on one line with others', MOVED.replace('{ push }', '{ pop, push }')],
  ])('if %s', async (_, now) => {
    expect(await isSplit(now)).toBe(true)
  })

  it('if what it does not use stayed', async () => {
    const now = MOVED.replace(/const TWO[^]*?\n\}\n\n/, '').replace(
      'push(TWO, 3), three()',
      'push([], 3), [3]',
    )
    const before = JS.replace('push(TWO, 3), three()', 'push([], 3), [3]')
    expect(await isSplit(now, before)).toBe(true)
  })

  it('if it is in a suite that moved as a whole', async () => {
    const suite = `describe('push', () => {\n  test('one', () => assert.deepEqual(push([], 1), [1]))\n})\n`
    const now = MOVED.replace(/test\('push'[^]*/, suite)
    const before = JS.replace(/test\('push'[^]*/, suite)
    expect(await isSplit(now, before, 'tests/all.test.js > push > one')).toBe(true)
  })
})

describe('a test did not only move', () => {
  it.each([
    ['its assertion is another', MOVED.replace('deepEqual', 'notEqual')],
    ['its value is another', MOVED.replace('push(TWO, 3)', 'push(TWO, 4)')],
    ['it is skipped', MOVED.replace("test('push'", "test.skip('push'")],
    ['what it uses is another', MOVED.replace('[...TWO, 3]', 'push(TWO, 3)')],
    ['what it uses is not there', MOVED.replace(/function three[^]*?\n\}\n/, '')],
    ['its module is another', MOVED.replace('../src/stack.js', './fake.js')],
    ['its name is that of another import', MOVED.replace('{ push }', '{ pop as push }')],
    ['its assertions are another library', MOVED.replace("'node:assert/strict'", "'./assert.js'")],
    ['a mock was added', MOVED.replace('const TWO', 'mock()\nconst TWO')],
    ['a module runs before it', `import './patch.js'\n${MOVED}`],
    [
      'a global name was imported',
      MOVED.replace('import assert', "import { test as deepEqual } from './x.js'\nimport assert"),
    ],
    ['it is there twice', `${MOVED}test('push', () => {})\n`],
    ['the file cannot be parsed', `${MOVED}test(`],
  ])('if %s', async (_, now) => {
    expect(await isSplit(now)).toBe(false)
  })

  it.each([
    ['it is in another folder', MOVED, JS, 'tests/unit/push.test.js'],
    [
      'it has a snapshot',
      ...[MOVED, JS].map(text => text.replace('assert.deepEqual', 't.assert.snapshot')),
    ],
    [
      'what runs before it stayed',
      MOVED,
      JS.replace('const TWO', 'beforeEach(() => reset())\nconst TWO'),
    ],
    ['a mock stayed', MOVED, JS.replace('const TWO', "mock.module('x')\nconst TWO")],
  ])('if %s', async (_, now = '', before = '', file = 'tests/push.test.js') => {
    expect(await isSplit(now, before, ID, file)).toBe(false)
  })

  it.each([
    ['its assertion is another', PY_MOVED.replace('==', '!=')],
    ['its module is another', PY_MOVED.replace('from src.stack', 'from fake')],
    ['its fixture is another', PY_MOVED.replace('return [1, 2]', 'return []')],
    [
      'an automatic fixture was added',
      PY_MOVED.replace(
        'class Test',
        '@pytest.fixture(autouse=True)\ndef patch(monkeypatch):\n    monkeypatch.undo()\n\n\nclass Test',
      ),
    ],
    [
      'an assertion is no longer in its block',
      PY_MOVED.replace('        assert', '        return\n        assert'),
    ],
    ['everything is imported', PY_MOVED.replace('import push', 'import *')],
  ])('if %s, in Python', async (_, now) => {
    expect(await isSplitPython(now)).toBe(false)
  })
})
