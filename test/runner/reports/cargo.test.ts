import { describe, expect, test } from 'vitest'
import { readCargo } from '../../../src/runner/reports/cargo.ts'
import { requestFor } from './request.ts'

describe('the output of cargo test', () => {
  const BUILT = '{"reason":"build-finished","success":true}'
  const RUN = ['running 2 tests', 'test a ... ok', 'test b ... FAILED', '', 'test result: FAILED.']
  const read = (printed: string[], stderr: string, exitCode = 101) =>
    readCargo([BUILT, ...printed].join('\n'), requestFor('tests/it.rs'), {
      exitCode,
      signal: null,
      output: '',
      stderr,
    })
  const STARTED = '     Running tests/it.rs (target/debug/deps/it-1)\n'

  test('is complete if every test program that was started reported all of its tests', () => {
    expect(read(RUN, STARTED)).toMatchObject({ complete: true, tests: [{}, {}] })
  })

  test.each([
    ['a program reported nothing', RUN, STARTED + STARTED],
    ['a test is missing', RUN.toSpliced(1, 1), STARTED],
    ['a program did not end', RUN.slice(0, -1), STARTED],
    ['a test printed a line like a result', RUN.toSpliced(1, 0, 'test c ... ok'), STARTED],
  ])('is not complete if %s', (_, printed, stderr) => {
    expect(read(printed, stderr).complete).toBe(false)
  })
})
