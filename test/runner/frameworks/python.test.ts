import { describe, expect, test } from 'vitest'
import { pytest } from '../../../src/runner/frameworks/pytest.ts'
import { unittest } from '../../../src/runner/frameworks/unittest.ts'
import { isOnPath } from '../../../src/runner/program.ts'
import { PROBES, succeeds } from '../scenarios/installed.ts'
import { projectWith, runIn, resultLines } from '../project.ts'

const FILE = 'tests/test_it.py'

describe.skipIf(!succeeds(PROBES.pytest))('pytest', () => {
  const run = (body: string, more = {}, files: Record<string, string> = {}) =>
    runIn(projectWith({ [FILE]: body, ...files }), pytest, [FILE], more)

  test('distinguishes assertions, errors and hooks, and has ids for parameters and classes', async () => {
    const result = await run(`
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
    expect(resultLines(result)).toEqual([
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
    expect(result).toMatchObject({ end: 'complete', exitCode: 1, framework: /^pytest \d/ })
    expect(result.tests[3]?.message).toBe("NameError: name 'nope' is not defined")
  })

  test('a missing module of the project is named by its path, another missing module by its name', async () => {
    const files = { 'app/__init__.py': '' }
    const own = await run('import app.offices\ndef test_x(): pass', {}, files)
    expect(own).toMatchObject({ end: 'complete', tests: [] })
    expect(own.loadErrors).toMatchObject([{ file: FILE, missing: './app/offices' }])
    const foreign = await run('import not_there_at_all\ndef test_x(): pass')
    expect(foreign.loadErrors).toMatchObject([{ file: FILE, missing: 'not_there_at_all' }])
    const symbol = await run('from app import Office\ndef test_x(): pass', {}, files)
    expect(symbol.loadErrors).toMatchObject([{ missing: 'Office', missingFrom: './app' }])
  })

  test('runs only the named tests, and options of the configuration have no effect', async () => {
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
    const result = await run(body, { names }, { 'pytest.ini': '[pytest]\naddopts = -x\n' })
    expect(resultLines(result)).toEqual(names.map(name => `${FILE} > ${name}: passed`))
    expect(result).toMatchObject({ end: 'complete', exitCode: 0 })
  })

  test('a file that cannot be loaded does not stop the others, and the full suite has the same ids', async () => {
    const root = projectWith({
      'tests/test_a.py': 'def test_x(): pass',
      'sub/tests/test_b.py': 'def test_x(): assert False',
      'tests/test_c.py': 'import not_there_at_all',
    })
    const result = await runIn(root, pytest)
    expect(resultLines(result).sort()).toEqual([
      'sub/tests/test_b.py > test_x: failed (assertion)',
      'tests/test_a.py > test_x: passed',
    ])
    expect(result.loadErrors).toMatchObject([{ file: 'tests/test_c.py' }])
  })

  test('exit(0) in a test is a crash', async () => {
    const result = await run(
      `import os\ndef test_x(): assert 'REDGREEN_REPORT' not in os.environ\ndef test_y(): os._exit(0)`,
    )
    expect(result).toMatchObject({ end: 'crashed', exitCode: 0 })
    expect(resultLines(result)).toEqual([
      `${FILE} > test_x: passed`,
      `${FILE} > test_y: errored (crash)`,
    ])
  })
})

describe.skipIf(!isOnPath('python3'))('unittest', () => {
  const run = (body: string, more = {}) =>
    runIn(projectWith({ [FILE]: `import unittest\n${body}` }), unittest, [FILE], more)

  test('distinguishes assertions, errors, hooks and subtests', async () => {
    const result = await run(`
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
    expect(resultLines(result)).toEqual([
      `${FILE} > A > test_a: failed (assertion)`,
      `${FILE} > A > test_b: failed (error)`,
      `${FILE} > A > test_c > (n=1): failed (assertion)`,
      `${FILE} > A > test_c: failed (assertion)`,
      `${FILE} > A > test_c > (n=2): passed`,
      `${FILE} > A > test_d: passed`,
      `${FILE} > B > test_a: errored (hook)`,
    ])
    const classHook = await run(
      `class C(unittest.TestCase):\n    @classmethod\n    def setUpClass(cls): raise RuntimeError('boom')\n    def test_a(self): pass`,
    )
    expect(classHook).toMatchObject({ tests: [], unhandled: ['RuntimeError: boom'], exitCode: 1 })
  })

  test('runs only the named tests', async () => {
    const body = `class A(unittest.TestCase):\n    def test_a(self): pass\n    def test_b(self): self.fail()`
    const result = await run(body, { names: ['A > test_a'] })
    expect(resultLines(result)).toEqual([`${FILE} > A > test_a: passed`])
    expect(result.exitCode).toBe(0)
  })
})
