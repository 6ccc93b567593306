import { describe, expect, test } from 'vitest'
import { readJunit } from '../../../src/runner/reports/junit.ts'
import { reportLines, requestFor } from './request.ts'

const CASES = `
  <testcase classname="tests.test_a.TestSums" name="test_adds"/>
  <testcase classname="tests.test_a" name="test_x"><failure message="assert 1 == 2">E</failure></testcase>
  <testcase classname="tests.test_a" name="test_y"><failure message="ZeroDivisionError: by zero">E</failure></testcase>
  <testcase classname="tests.test_a" name="test_s"><skipped/></testcase>
  <testcase classname="tests.test_a" name="test_h"><error message="failed on setup with boom">E</error></testcase>`

describe('JUnit', () => {
  const whole = `<?xml version="1.0"?><testsuites><testsuite name="pytest">${CASES}</testsuite></testsuites>`

  test('has the same ids in a run of one file and of the full suite', () => {
    const request = requestFor('tests/test_a.py')
    const report = readJunit(whole, request)
    expect(reportLines(report)).toEqual([
      'tests/test_a.py > TestSums > test_adds: passed',
      'tests/test_a.py > test_x: failed assertion',
      'tests/test_a.py > test_y: failed error',
      'tests/test_a.py > test_s: skipped',
      'tests/test_a.py > test_h: errored hook',
    ])
    expect(report.complete).toBe(true)
    expect(reportLines(readJunit(whole, { ...request, files: [] }))).toEqual(reportLines(report))
  })

  test.each([
    ['that was not written', ''],
    ['that is cut off', whole.slice(0, -30)],
    ['that is cut off within a tag', whole.slice(0, 200)],
    ['that is something else', '{"tests": []}'],
    ['of bytes that are not text', '\ufffd\ufffd<\u0000>'],
  ])('a report %s is not complete', (_, text) => {
    expect(readJunit(text, requestFor('tests/test_a.py')).complete).toBe(false)
  })

  test('a file that could not be collected is a load error and not a failed test', () => {
    const text = `<testsuite><testcase classname="" name="tests.test_a"><error message="collection failure">No module named 'left'</error></testcase></testsuite>`
    const report = readJunit(text, requestFor('tests/test_a.py'))
    expect(report.tests).toEqual([])
    expect(report.loadErrors[0]?.message).toContain('collection failure')
  })

  test('a failed test of a file that was not requested is not counted, but reported as an error', () => {
    const request = requestFor('tests/test_a.py', 'tests/test_b.py')
    const files = request.files.slice(1)
    const report = readJunit(whole, { ...request, files })
    expect(report.tests).toEqual([])
    expect(report.unhandled[0]).toContain('tests/test_a.py > test_x')
  })

  test('ten thousand tests with unusual names are read one by one', () => {
    const names = ['a "b"', `it's`, '-x', '(.*)', 'x &gt; y', 'über', 'a&#10;b']
    const cases = Array.from({ length: 10_000 }, (_, at) => {
      const name = (names[at % names.length] ?? '').replaceAll('"', '&quot;')
      return `<testcase file="tests/test_a.py" name="${name}"/>`
    })
    const text = `<testsuite>${cases.join('')}</testsuite>`
    const report = readJunit(text, requestFor('tests/test_a.py'))
    expect(new Set(report.tests.map(({ id }) => id)).size).toBe(10_000)
    expect(report.tests.slice(0, 7).map(({ id }) => id)).toEqual(
      ['a "b"', `it's`, '-x', '(.*)', 'x > y', 'über', 'a b'].map(
        name => `tests/test_a.py > ${name}`,
      ),
    )
  })
})
