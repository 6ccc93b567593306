import { describe, expect, test } from 'vitest'
import { pytest } from '../../src/runner/frameworks/pytest.ts'
import { unittest } from '../../src/runner/frameworks/unittest.ts'
import { isOnPath } from '../../src/runner/program.ts'
import { projectWith, runIn, told } from './project.ts'

const FILE = 'tests/test_it.py'

describe.skipIf(!isOnPath('pytest'))('pytest', () => {
  const run = (body: string, more = {}, files: Record<string, string> = {}) =>
    runIn(projectWith({ [FILE]: body, ...files }), pytest, [FILE], more)

  test('tells assertions, errors and hooks apart, and keeps the ids of parameters and classes', async () => {
    const seen = await run(`
import pytest
@pytest.fixture
def broken(): raise RuntimeError('boom')
@pytest.fixture
def late():
    yield
    raise RuntimeError('late boom')
class TestSums:
    @pytest.mark.parametrize('n', [1, 'a::b', 'x > y'])
    def test_one(self, n): assert n == 1
def test_error(): nope.x
def test_raises():
    with pytest.raises(ValueError): pass
def test_hook(broken): pass
def test_late(late): pass
@pytest.mark.xfail
def test_expected(): assert False
@pytest.mark.xfail(strict=True)
def test_unexpected(): pass
`)
    expect(told(seen)).toEqual([
      `${FILE} > TestSums > test_one[1]: passed`,
      `${FILE} > TestSums > test_one[a::b]: failed (assertion)`,
      `${FILE} > TestSums > test_one[x > y]: failed (assertion)`,
      `${FILE} > test_error: failed (error)`,
      `${FILE} > test_raises: failed (assertion)`,
      `${FILE} > test_hook: errored (hook)`,
      `${FILE} > test_late: passed`,
      `${FILE} > test_expected: skipped`,
      `${FILE} > test_unexpected: failed (assertion)`,
    ])
    expect(seen).toMatchObject({ end: 'complete', exitCode: 1, framework: /^pytest \d/ })
    expect(seen.tests[3]?.message).toBe("NameError: name 'nope' is not defined")
  })

  test('a module of the project that is missing is named as its own, another one is not', async () => {
    const files = { 'app/__init__.py': '' }
    const own = await run('import app.rooms\ndef test_x(): pass', {}, files)
    expect(own).toMatchObject({ end: 'complete', tests: [] })
    expect(own.loadErrors).toMatchObject([{ file: FILE, missing: './app/rooms' }])
    const foreign = await run('import not_there_at_all\ndef test_x(): pass')
    expect(foreign.loadErrors).toMatchObject([{ file: FILE, missing: 'not_there_at_all' }])
    const symbol = await run('from app import Room\ndef test_x(): pass', {}, files)
    expect(symbol.loadErrors).toMatchObject([{ missing: 'Room', missingFrom: './app' }])
  })

  test('runs named tests alone, and configuration hides no other', async () => {
    const body = `
import pytest
class TestSums:
    @pytest.mark.parametrize('n', ['-x', 'a b', 'q"q', "it's", 'back\\\\slash', '(.*)'])
    def test_one(self, n): assert n != 'a b'
def test_other(): assert False`
    const names = [
      'TestSums > test_one[q"q]',
      "TestSums > test_one[it's]",
      'TestSums > test_one[(.*)]',
    ]
    const seen = await run(body, { names }, { 'pytest.ini': '[pytest]\naddopts = -x\n' })
    expect(told(seen)).toEqual(names.map(name => `${FILE} > ${name}: passed`))
    expect(seen).toMatchObject({ end: 'complete', exitCode: 0 })
  })

  test('a file that breaks takes no other with it, and the whole suite has the same ids', async () => {
    const root = projectWith({
      'tests/test_a.py': 'def test_x(): pass',
      'sub/tests/test_b.py': 'def test_x(): assert False',
      'tests/test_c.py': 'import not_there_at_all',
    })
    const seen = await runIn(root, pytest)
    expect(told(seen).sort()).toEqual([
      'sub/tests/test_b.py > test_x: failed (assertion)',
      'tests/test_a.py > test_x: passed',
    ])
    expect(seen.loadErrors).toMatchObject([{ file: 'tests/test_c.py' }])
  })

  test('exit(0) in a test leaves everything unproven', async () => {
    const seen = await run(
      `import os\ndef test_x(): assert 'REDGREEN_REPORT' not in os.environ\ndef test_y(): os._exit(0)`,
    )
    expect(seen).toMatchObject({ end: 'crashed', exitCode: 0 })
    expect(told(seen)).toEqual([`${FILE} > test_x: passed`, `${FILE} > test_y: errored (crash)`])
  })
})

describe.skipIf(!isOnPath('python3'))('unittest', () => {
  const run = (body: string, more = {}) =>
    runIn(projectWith({ [FILE]: `import unittest\n${body}` }), unittest, [FILE], more)

  test('tells assertions, errors and hooks apart, and parts of a test', async () => {
    const seen = await run(`
class A(unittest.TestCase):
    def test_a(self): self.assertEqual(1, 2)
    def test_b(self): nope.x
    def test_c(self):
        for n in (1, 2):
            with self.subTest(n=n): self.assertEqual(n, 2)
    @unittest.expectedFailure
    def test_d(self): self.fail()
class B(unittest.TestCase):
    def setUp(self): raise RuntimeError('boom')
    def test_a(self): pass
`)
    expect(told(seen)).toEqual([
      `${FILE} > A > test_a: failed (assertion)`,
      `${FILE} > A > test_b: failed (error)`,
      `${FILE} > A > test_c > (n=1): failed (assertion)`,
      `${FILE} > A > test_c: failed (assertion)`,
      `${FILE} > A > test_c > (n=2): passed`,
      `${FILE} > A > test_d: passed`,
      `${FILE} > B > test_a: errored (hook)`,
    ])
    const late = await run(
      `class C(unittest.TestCase):\n    @classmethod\n    def setUpClass(cls): raise RuntimeError('boom')\n    def test_a(self): pass`,
    )
    expect(late).toMatchObject({ tests: [], unhandled: ['RuntimeError: boom'], exitCode: 1 })
  })

  test('runs named tests alone', async () => {
    const body = `class A(unittest.TestCase):\n    def test_a(self): pass\n    def test_b(self): self.fail()`
    const seen = await run(body, { names: ['A > test_a'] })
    expect(told(seen)).toEqual([`${FILE} > A > test_a: passed`])
    expect(seen.exitCode).toBe(0)
  })
})
