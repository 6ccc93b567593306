import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { describe, expect, test } from 'vitest'
import { django } from '../../../src/runner/frameworks/django.ts'
import { detectFramework } from '../../../src/runner/frameworks/index.ts'
import { packageOf } from '../../../src/store/package-view.ts'
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

/** A Python with these packages: the one of the machine, or the one that a variable names. */
function pythonWith(module: string): string | undefined {
  const programs = [process.env['REDGREEN_PYTHON'] ?? 'python3', 'python3']
  return programs.find(program => succeeds([program, '-c', `import pytest, ${module}`]))
}

describe('pytest with plug-ins that the configuration turns on', () => {
  const SUITE = {
    'a.py': 'def one():\n    return 1\n\ndef two():\n    return 2\n',
    'tests/test_one.py': 'import a\ndef test_one(): assert a.one() == 1\n',
    'tests/test_two.py': 'def test_two(): assert False\n',
    'tests/test_broken.py': 'import gone\n',
  }

  /** The project, with a virtual environment that has the plug-in. */
  function withPlugin(module: string, files: Record<string, string>, skip: (why: string) => never) {
    const program = pythonWith(module) ?? skip(`${module} is not installed`)
    const root = projectWith(files)
    mkdirSync(path.join(root, '.venv/bin'), { recursive: true })
    writeFileSync(path.join(root, '.venv/bin/python'), `#!/bin/sh\nexec ${program} "$@"\n`, {
      mode: 0o755,
    })
    return root
  }

  test('a coverage threshold is in effect for the suite, and not for single files', async ({
    skip,
  }) => {
    const { 'tests/test_two.py': _, 'tests/test_broken.py': __, ...files } = SUITE
    const ini = '[pytest]\naddopts = --cov=a --cov-fail-under=99 --cov-report=html\n'
    const root = withPlugin('pytest_cov', { ...files, 'pytest.ini': ini }, skip)
    expect(await runIn(root, pytest, ['tests/test_one.py'])).toMatchObject({
      end: 'complete',
      exitCode: 0,
    })
    const suite = await runIn(root, pytest)
    expect(suite).toMatchObject({ end: 'complete', exitCode: 1, tests: [{ outcome: 'passed' }] })
    expect(suite.output).toMatch(/Required test coverage of 99/)
    expect(readdirSync(root).filter(name => /cov/.test(name))).toEqual([])
  })

  test('single files run in one process, and the suite in several', async ({ skip }) => {
    const root = withPlugin('xdist', { ...SUITE, 'pytest.ini': '[pytest]\naddopts = -n 2\n' }, skip)
    const one = await runIn(root, pytest, ['tests/test_two.py'])
    expect(resultLines(one)).toEqual(['tests/test_two.py > test_two: failed (assertion)'])
    expect(one).toMatchObject({ end: 'complete', exitCode: 1 })
    const suite = await runIn(root, pytest)
    expect(resultLines(suite).toSorted()).toEqual([
      'tests/test_one.py > test_one: passed',
      'tests/test_two.py > test_two: failed (assertion)',
    ])
    expect(suite).toMatchObject({ end: 'complete', loadErrors: [{ file: 'tests/test_broken.py' }] })
  })

  test('a test may be named as pytest does', async ({ skip }) => {
    const root = withPlugin(
      'pytest',
      {
        'test_a.py':
          'class TestA:\n    def test_b(self): pass\n    def test_c(self): assert False\n',
      },
      skip,
    )
    const named = await runIn(root, pytest, ['test_a.py'], { names: ['test_a.py::TestA::test_b'] })
    expect(resultLines(named)).toEqual(['test_a.py > TestA > test_b: passed'])
  })
})

describe('Django', () => {
  test('runs manage.py test, with the database of the tests', async ({ skip }) => {
    const program = pythonWith('django') ?? skip('Django is not installed')
    const root = projectWith({
      'manage.py': `import os, sys
os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'settings')
from django.core.management import execute_from_command_line
execute_from_command_line(sys.argv)
`,
      'settings.py': `SECRET_KEY = 'x'
INSTALLED_APPS = ['shop']
DATABASES = {'default': {'ENGINE': 'django.db.backends.sqlite3', 'NAME': ':memory:'}}
DEFAULT_AUTO_FIELD = 'django.db.models.AutoField'
`,
      'shop/__init__.py': '',
      'shop/models.py': `from django.db import models
class Item(models.Model):
    name = models.CharField(max_length=9)
`,
      'shop/tests.py': `from django.test import TestCase
from shop.models import Item
class TestItem(TestCase):
    def test_count(self):
        Item.objects.create(name='a')
        self.assertEqual(Item.objects.count(), 1)
    def test_name(self): self.assertEqual(Item(name='a').name, 'b')
class TestHook(TestCase):
    @classmethod
    def setUpTestData(cls): raise RuntimeError('boom')
    def test_never(self): pass
`,
      'shop/test_broken.py': 'from shop.gone import x\n',
    })
    mkdirSync(path.join(root, '.venv/bin'), { recursive: true })
    writeFileSync(path.join(root, '.venv/bin/python'), `#!/bin/sh\nexec ${program} "$@"\n`, {
      mode: 0o755,
    })
    const { view } = packageOf({ root }, 'shop/tests.py')
    const found = detectFramework(view, { testFile: 'shop/tests.py' })
    expect(found?.because).toBe('manage.py')
    const one = await runIn(root, django, ['shop/tests.py'], {
      names: ['TestItem.test_name', 'TestItem > test_count'],
    })
    expect(resultLines(one)).toEqual([
      'shop/tests.py > TestItem > test_count: passed',
      'shop/tests.py > TestItem > test_name: failed (assertion)',
    ])
    expect(one).toMatchObject({ end: 'complete', exitCode: 1, framework: /^django test \d/ })
    const suite = await runIn(root, django)
    expect(suite.loadErrors).toMatchObject([
      { file: 'shop/test_broken.py', missing: './shop/gone' },
    ])
    expect(suite).toMatchObject({ end: 'complete', exitCode: 1 })
    expect(JSON.stringify(suite.unhandled)).toContain('boom')
    const broken = await runIn(root, django, ['shop/test_broken.py'])
    expect(broken).toMatchObject({
      end: 'complete',
      tests: [],
      loadErrors: [{ file: 'shop/test_broken.py' }],
    })
  })
})
