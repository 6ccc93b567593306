import { describe, expect, it } from 'vitest'
import type { Outcome } from '../../src/evidence/outcome.ts'
import { judgeGreen, judgeRed, type LoadFailureCheck } from '../../src/evidence/verdict.ts'
import { failed, outcome, passed, skipped } from './outcomes.ts'

const build: LoadFailureCheck = { kind: 'build', allowMissing: 'test', isOwn: () => true }
const ahead: LoadFailureCheck = { ...build, kind: 'test' }
const missingModule = {
  file: 'a.test.js',
  message: 'Cannot find ./office.js',
  missing: './office.js',
}

describe('RED', () => {
  const table: [what: string, run: Partial<Outcome>, verdict: string][] = [
    ['a failed assertion', { exitCode: 1, tests: [failed('x')] }, 'red'],
    ['an error inside the test', { exitCode: 1, tests: [failed('x', 'error')] }, 'red'],
    ['one failure beside a pass', { exitCode: 1, tests: [passed('a'), failed('x')] }, 'red'],
    ['only passes', { tests: [passed('a')] }, 'red_passes'],
    ['only passes, and a bad exit', { exitCode: 1, tests: [passed('a')] }, 'inconsistent'],
    ['a failure, and a good exit', { exitCode: 0, tests: [failed('x')] }, 'inconsistent'],
    ['nothing', {}, 'no_tests_ran'],
    ['only skips', { tests: [skipped('x')] }, 'no_tests_ran'],
    ['a hook that breaks', { exitCode: 1, tests: [failed('x', 'hook')] }, 'red_not_loaded'],
    ["the framework's own time-out", { exitCode: 1, tests: [failed('x', 'timeout')] }, 'timed_out'],
    ['our time-out', { end: 'timed_out', exitCode: null, tests: [failed('x')] }, 'timed_out'],
    ['a dead runner', { end: 'crashed', exitCode: null, signal: 'SIGKILL' }, 'crashed'],
    ['a dead test', { exitCode: 1, tests: [failed('y'), failed('x', 'crash')] }, 'crashed'],
    ['a stray rejection', { exitCode: 1, tests: [failed('x')], unhandled: ['boom'] }, 'crashed'],
    ['a flood', { end: 'output_limit', exitCode: null }, 'crashed'],
    ['no runner', { end: 'not_started', exitCode: null, unhandled: ['Install it.'] }, 'no_command'],
    [
      'a test that cannot be loaded',
      { exitCode: 1, loadErrors: [missingModule] },
      'red_not_loaded',
    ],
    [
      'a failure beside a file that cannot be loaded',
      { exitCode: 1, tests: [failed('x')], loadErrors: [missingModule] },
      'red_not_loaded',
    ],
  ]

  it.each(table)('has the right verdict for %s', (_what, run, wanted) => {
    const verdict = judgeRed(outcome(run), build)
    expect(verdict.proves === 'nothing' ? verdict.code : verdict.proves).toBe(wanted)
  })

  it('is a load failure for a task of kind test if a module of the workspace is missing', () => {
    const run = outcome({ exitCode: 1, loadErrors: [missingModule] })
    expect(judgeRed(run, ahead)).toEqual({ proves: 'red', loadFailure: true })
  })

  it.each<[string, Partial<Outcome>, Partial<LoadFailureCheck>]>([
    ['the module is a package', {}, { isOwn: () => false }],
    ['the settings allow it never', {}, { allowMissing: 'never' }],
    ['nothing is missing', { loadErrors: [{ file: 'a.test.js', message: 'SyntaxError' }] }, {}],
    ['the exit code is good', { exitCode: 0 }, {}],
  ])('is not a load failure if %s', (_why, run, loadFailureCheck) => {
    const all = outcome({ exitCode: 1, loadErrors: [missingModule], ...run })
    expect(judgeRed(all, { ...ahead, ...loadFailureCheck })).toMatchObject({
      code: 'red_not_loaded',
    })
  })

  it('checks whether the module that lacks an export is part of the workspace', () => {
    const error = {
      file: 'a.test.js',
      message: 'no Office',
      missing: 'Office',
      missingFrom: './office.js',
    }
    const asked: string[] = []
    judgeRed(outcome({ exitCode: 1, loadErrors: [error] }), {
      ...ahead,
      isOwn: name => asked.push(name) > 0,
    })
    expect(asked).toEqual(['./office.js'])
  })
})

describe('GREEN', () => {
  const red = [failed('x'), passed('old')]
  const table: [what: string, run: Partial<Outcome>, verdict: string][] = [
    ['every test passing', { tests: [passed('x'), passed('old'), passed('new')] }, 'green'],
    ['the red one failing', { exitCode: 1, tests: [failed('x'), passed('old')] }, 'green_fails'],
    ['an old one failing', { exitCode: 1, tests: [passed('x'), failed('old')] }, 'green_fails'],
    [
      'a new one failing',
      { exitCode: 1, tests: [passed('x'), passed('old'), failed('z')] },
      'green_fails',
    ],
    ['the red one gone', { tests: [passed('old')] }, 'tests_missing'],
    ['an old one gone', { tests: [passed('x')] }, 'tests_missing'],
    ['another in its place', { tests: [passed('old'), passed('y')] }, 'tests_missing'],
    ['the red one skipped', { tests: [skipped('x'), passed('old')] }, 'skipped'],
    ['a bad exit', { exitCode: 1, tests: [passed('x'), passed('old')] }, 'inconsistent'],
    ['a broken tear-down', { tests: [passed('x'), passed('old')], unhandled: ['boom'] }, 'crashed'],
    ['a load error', { exitCode: 1, loadErrors: [missingModule] }, 'green_fails'],
    ['our time-out', { end: 'timed_out', exitCode: null }, 'timed_out'],
    ['nothing at all', {}, 'tests_missing'],
  ]

  it.each(table)('has the right verdict for %s', (_what, run, wanted) => {
    const verdict = judgeGreen(outcome(run), red)
    expect(verdict.proves === 'nothing' ? verdict.code : verdict.proves).toBe(wanted)
  })
})
