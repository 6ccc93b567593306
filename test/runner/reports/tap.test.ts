import { describe, expect, test } from 'vitest'
import { readTap } from '../../../src/runner/reports/tap.ts'
import { reportLines, requestFor } from './request.ts'

describe('TAP', () => {
  const request = () => requestFor('t/a.t')

  test('contains points, subtests, skipped tests and diagnostics', () => {
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
    expect(reportLines(report)).toEqual([
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
    ['with Bail out!', '1..1\nok 1 - a\nBail out! no database\n'],
    ['with two plans', '1..1\nok 1 - a\n1..1\n'],
    ['that is empty', ''],
  ])('a stream %s is not complete', (_, text) => {
    expect(readTap(text, request()).complete).toBe(false)
  })
})
