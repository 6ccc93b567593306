import { mkdirSync, utimesSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Report, TestRequest } from '../../src/runner/framework.ts'
import { maven } from '../../src/runner/frameworks/maven.ts'
import { nextest } from '../../src/runner/frameworks/nextest.ts'
import { readCargo } from '../../src/runner/reports/cargo.ts'
import { readCtrf, readVitestJson } from '../../src/runner/reports/json.ts'
import { readJunit } from '../../src/runner/reports/junit.ts'
import { readTap } from '../../src/runner/reports/tap.ts'
import { temporaryFolder } from './project.ts'

function requestIn(...files: string[]): TestRequest {
  const root = temporaryFolder()
  for (const file of files) {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true })
    writeFileSync(path.join(root, file), 'x')
  }
  const asked = files.map(file => path.join(root, file))
  return { cwd: root, root, files: asked, names: [], report: '', key: '' }
}

function lines(report: Report): string[] {
  return report.tests.map(({ id, outcome, reason = '' }) => `${id}: ${outcome} ${reason}`.trim())
}

const CASES = `
  <testcase classname="tests.test_a.TestSums" name="test_adds"/>
  <testcase classname="tests.test_a" name="test_x"><failure message="assert 1 == 2">E</failure></testcase>
  <testcase classname="tests.test_a" name="test_y"><failure message="ZeroDivisionError: by zero">E</failure></testcase>
  <testcase classname="tests.test_a" name="test_s"><skipped/></testcase>
  <testcase classname="tests.test_a" name="test_h"><error message="failed on setup with boom">E</error></testcase>`

describe('JUnit', () => {
  const whole = `<?xml version="1.0"?><testsuites><testsuite name="pytest">${CASES}</testsuite></testsuites>`

  test('has the same ids whether a file was asked for or everything', () => {
    const request = requestIn('tests/test_a.py')
    const report = readJunit(whole, request)
    expect(lines(report)).toEqual([
      'tests/test_a.py > TestSums > test_adds: passed',
      'tests/test_a.py > test_x: failed assertion',
      'tests/test_a.py > test_y: failed error',
      'tests/test_a.py > test_s: skipped',
      'tests/test_a.py > test_h: errored hook',
    ])
    expect(report.complete).toBe(true)
    expect(lines(readJunit(whole, { ...request, files: [] }))).toEqual(lines(report))
  })

  test.each([
    ['that was never written', ''],
    ['that is cut off', whole.slice(0, -30)],
    ['that is cut off within a tag', whole.slice(0, 200)],
    ['that is something else', '{"tests": []}'],
    ['of bytes that are no text', '\ufffd\ufffd<\u0000>'],
  ])('a report %s is not complete', (_, text) => {
    expect(readJunit(text, requestIn('tests/test_a.py')).complete).toBe(false)
  })

  test('a file that could not be collected is a load error and no failed test', () => {
    const text = `<testsuite><testcase classname="" name="tests.test_a"><error message="collection failure">No module named 'left'</error></testcase></testsuite>`
    const report = readJunit(text, requestIn('tests/test_a.py'))
    expect(report.tests).toEqual([])
    expect(report.loadErrors[0]?.message).toContain('collection failure')
  })

  test('what ran of another file and failed is not counted, and not forgotten', () => {
    const request = requestIn('tests/test_a.py', 'tests/test_b.py')
    const files = request.files.slice(1)
    const report = readJunit(whole, { ...request, files })
    expect(report.tests).toEqual([])
    expect(report.unhandled[0]).toContain('tests/test_a.py > test_x')
  })

  test('ten thousand tests, with names of every kind, are told one by one', () => {
    const names = ['a "b"', `it's`, '-x', '(.*)', 'x &gt; y', 'über', 'a&#10;b']
    const cases = Array.from({ length: 10_000 }, (_, at) => {
      const name = (names[at % names.length] ?? '').replaceAll('"', '&quot;')
      return `<testcase file="tests/test_a.py" name="${name}"/>`
    })
    const text = `<testsuite>${cases.join('')}</testsuite>`
    const report = readJunit(text, requestIn('tests/test_a.py'))
    expect(new Set(report.tests.map(seen => seen.id)).size).toBe(10_000)
    expect(report.tests.slice(0, 7).map(seen => seen.id)).toEqual(
      ['a "b"', `it's`, '-x', '(.*)', 'x > y', 'über', 'a b'].map(
        name => `tests/test_a.py > ${name}`,
      ),
    )
  })
})

describe("cargo-nextest's JUnit", () => {
  const text = `<testsuites name="nextest-run" tests="4"><testsuite name="sums">
  <testcase name="shapes::tests::area" classname="sums"/>
  <testcase name="tests::adds" classname="sums"/></testsuite>
  <testsuite name="sums::it"><testcase name="inner::panics" classname="sums::it">
  <failure type="test failure" message="thread 'inner::panics' panicked at tests/it.rs:1:1">assertion failed: false</failure>
  </testcase></testsuite>
  <testsuite name="sums::bin/sum"><testcase name="tests::runs" classname="sums::bin/sum"/></testsuite></testsuites>`

  test('has the ids that Cargo has, in one file as in all', () => {
    const files = ['src/lib.rs', 'src/shapes.rs', 'src/bin/sum.rs', 'tests/it.rs']
    const request = requestIn(...files)
    const ending = { exitCode: 100, signal: null, output: '', stderr: '' }
    const all = nextest.parse(text, { ...request, files: [] }, ending)
    expect(lines(all).sort()).toEqual([
      'src/bin/sum.rs > tests > runs: passed',
      'src/lib.rs > tests > adds: passed',
      'src/shapes.rs > tests > area: passed',
      'tests/it.rs > inner > panics: failed assertion',
    ])
    const one = nextest.parse(text, { ...request, files: request.files.slice(3) }, ending)
    expect(lines(one)).toEqual(['tests/it.rs > inner > panics: failed assertion'])
  })
})

describe('what Maven leaves in its own folder', () => {
  test('is read when it is of this run, and not when it is of an earlier one', () => {
    const folder = 'target/surefire-reports'
    const request = requestIn(`${folder}/TEST-Old.xml`, `${folder}/TEST-New.xml`)
    const hourAgo = Date.now() / 1000 - 3600
    utimesSync(path.join(request.cwd, folder, 'TEST-Old.xml'), hourAgo, hourAgo)
    writeFileSync(path.join(request.cwd, folder, 'TEST-New.xml'), '<testsuite name="new"/>')
    const text = maven.collect(request, Date.now() - 1000)
    expect(text).toBe('<?xml version="1.0"?>\n<testsuite name="new"/>')
  })
})

describe('what Cargo prints', () => {
  const BUILT = '{"reason":"build-finished","success":true}'
  const RUN = ['running 2 tests', 'test a ... ok', 'test b ... FAILED', '', 'test result: FAILED.']
  const read = (lines: string[], stderr: string, exitCode = 101) =>
    readCargo([BUILT, ...lines].join('\n'), requestIn('tests/it.rs'), {
      exitCode,
      signal: null,
      output: '',
      stderr,
    })
  const STARTED = '     Running tests/it.rs (target/debug/deps/it-1)\n'

  test('is whole when every program that was started told all of its tests', () => {
    expect(read(RUN, STARTED)).toMatchObject({ complete: true, tests: [{}, {}] })
  })

  test.each([
    ['a program told nothing', RUN, STARTED + STARTED],
    ['a test is missing', RUN.toSpliced(1, 1), STARTED],
    ['a program did not end', RUN.slice(0, -1), STARTED],
    ['a test printed a line of its own', RUN.toSpliced(1, 0, 'test c ... ok'), STARTED],
  ])('is not when %s', (_, lines, stderr) => {
    expect(read(lines, stderr).complete).toBe(false)
  })
})

describe('TAP', () => {
  const request = () => requestIn('t/a.t')

  test('tells points, subtests, skips and diagnoses', () => {
    const text = `TAP version 13
# Subtest: outer
    ok 1 - inner
    not ok 2 - other
      ---
      message: 'expected 1'
      name: AssertionError
      ...
    1..2
not ok 1 - outer
ok 2 - later # SKIP not yet
not ok 3 - some day # TODO
ok 4 - a \\# b
1..4
`
    const report = readTap(text, request())
    expect(lines(report)).toEqual([
      't/a.t > outer > inner: passed',
      't/a.t > outer > other: failed assertion',
      't/a.t > later: skipped',
      't/a.t > some day: todo',
      't/a.t > a # b: passed',
    ])
    expect(report.complete).toBe(true)
  })

  test.each([
    ['without a plan', 'ok 1 - a\n'],
    ['with fewer points than planned', '1..2\nok 1 - a\n'],
    ['with more points than planned', '1..1\nok 1 - a\nok 2 - b\n'],
    ['that was bailed out of', '1..1\nok 1 - a\nBail out! no database\n'],
    ['with two plans', '1..1\nok 1 - a\n1..1\n'],
    ['that is empty', ''],
  ])('a stream %s is not complete', (_, text) => {
    expect(readTap(text, request()).complete).toBe(false)
  })
})

describe('JSON', () => {
  test('of Vitest and Jest has load errors as files without tests', () => {
    const request = requestIn('a.test.js')
    const [file = ''] = request.files
    const told = (results: object[]) => JSON.stringify({ testResults: results })
    const test1 = {
      ancestorTitles: ['s'],
      title: 'x',
      status: 'failed',
      failureMessages: ['AssertionError: no'],
    }
    const report = readVitestJson(
      told([{ name: file, status: 'failed', message: '', assertionResults: [test1] }]),
      request,
    )
    expect(lines(report)).toEqual(['a.test.js > s > x: failed assertion'])
    const broken = {
      name: file,
      status: 'failed',
      message: `Cannot find module './m'`,
      assertionResults: [],
    }
    expect(readVitestJson(told([broken]), request).loadErrors).toMatchObject([{ missing: './m' }])
    expect(readVitestJson(told([broken]).slice(0, -5), request).complete).toBe(false)
  })

  test('of CTRF that counts other tests than it has is not complete', () => {
    const request = requestIn('a.test.js')
    const tests = [{ name: 'x', status: 'passed', filePath: 'a.test.js', suite: 's' }]
    const told = (count: number) =>
      JSON.stringify({ results: { summary: { tests: count }, tests } })
    expect(readCtrf(told(1), request)).toMatchObject({
      complete: true,
      tests: [{ id: 'a.test.js > s > x' }],
    })
    expect(readCtrf(told(2), request).complete).toBe(false)
  })
})
