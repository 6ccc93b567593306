import { describe, expect, test } from 'vitest'
import { nextest } from '../../../src/runner/frameworks/nextest.ts'
import { reportLines, requestFor } from '../reports/request.ts'

describe('the report of cargo-nextest', () => {
  const text = `<testsuites name="nextest-run" tests="4"><testsuite name="sums">
  <testcase name="shapes::tests::area" classname="sums"/>
  <testcase name="tests::adds" classname="sums"/></testsuite>
  <testsuite name="sums::it"><testcase name="inner::panics" classname="sums::it">
  <failure type="test failure" message="thread 'inner::panics' panicked at tests/it.rs:1:1">assertion failed: false</failure>
  </testcase></testsuite>
  <testsuite name="sums::bin/sum"><testcase name="tests::runs" classname="sums::bin/sum"/></testsuite></testsuites>`

  test('has the ids of cargo test, in a run of one file and of the full suite', () => {
    const files = ['src/lib.rs', 'src/shapes.rs', 'src/bin/sum.rs', 'tests/it.rs']
    const request = requestFor(...files)
    const exit = { exitCode: 100, signal: null, output: '', stderr: '' }
    const all = nextest.parse(text, { ...request, files: [] }, exit)
    expect(reportLines(all).sort()).toEqual([
      'src/bin/sum.rs > tests > runs: passed',
      'src/lib.rs > tests > adds: passed',
      'src/shapes.rs > tests > area: passed',
      'tests/it.rs > inner > panics: failed assertion',
    ])
    const one = nextest.parse(text, { ...request, files: request.files.slice(3) }, exit)
    expect(reportLines(one)).toEqual(['tests/it.rs > inner > panics: failed assertion'])
  })
})
