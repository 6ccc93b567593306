import { describe, expect, it } from 'vitest'
import { withoutEmpty } from '../../src/runner/empty-suites.ts'
import { outcome, passed } from '../evidence/outcomes.ts'

const full = outcome({ tests: [passed('a.test.js > a')] })

const empty = (output: string) => outcome({ exitCode: 1, tests: [], output })

describe('the suite of several packages leaves out a run that found no tests', () => {
  it.each([
    '\nNo test files found, exiting with code 1\n',
    'No tests found, exiting with code 1\n',
    'Error: No test files found: "spec"\n',
    'Error: No tests found\n',
    '=========== no tests ran in 0.01s ============\n',
    'No examples found.\n',
    'No tests executed!\n',
    "  ✖ Couldn't find any files to test\n\n  Couldn't find any test files\n",
  ])('%j', output => {
    expect(withoutEmpty([full, empty(output)])).toEqual([full])
    expect(withoutEmpty([empty(output), full])).toEqual([full])
  })

  it('also if the runner reports it as an error of loading', () => {
    const error = { file: 'packages/a', message: 'Error: No test files found: "spec"' }
    const other = { ...empty('Error: No test files found: "spec"\n'), loadErrors: [error] }
    expect(withoutEmpty([full, other])).toEqual([full])
  })

  it('but not if no run found any', () => {
    const both = [empty('No tests found\n'), empty('No tests found\n')]
    expect(withoutEmpty(both)).toEqual(both)
  })

  it.each([
    empty('TypeError: x is not a function\n'),
    { ...empty('No tests found\n'), end: 'timed_out' as const },
    { ...empty('No tests found\n'), unhandled: ['Error: x'] },
    { ...empty('No tests found\n'), loadErrors: [{ file: 'a.test.js', message: 'Error: x' }] },
    { ...full, output: 'No tests found\n' },
  ])('but not one that failed for another cause (%#)', other => {
    expect(withoutEmpty([full, other])).toEqual([full, other])
  })
})
