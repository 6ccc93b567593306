import { describe, expect, it } from 'vitest'
import { mutantOutcome } from '../../src/evidence/mutant-outcome.ts'
import type { Outcome, TestResult } from '../../src/evidence/outcome.ts'

const OWN = new Set(['a.test.js > own'])
const own = (outcome: TestResult['outcome']): TestResult => ({
  ...OLD,
  id: 'a.test.js > own',
  outcome,
})
const OLD: TestResult = { id: 'a.test.js > old', file: 'a.test.js', outcome: 'passed' }
const UNLOADED = { file: 'a.test.js', message: 'SyntaxError' }

function outcomeWith(part: Partial<Outcome>): Outcome {
  return {
    end: 'complete',
    exitCode: 0,
    signal: null,
    durationMs: 10,
    tests: [own('passed'), OLD],
    loadErrors: [],
    unhandled: [],
    output: '',
    outputSha256: '',
    outputBytes: 0,
    command: [],
    framework: 'any',
    ...part,
  }
}

const of = (part: Partial<Outcome>) => mutantOutcome(outcomeWith(part), OWN)

describe('the outcome of tests on changed code', () => {
  it('is that the change was noticed if a test of the task does not pass or does not run', () => {
    expect(of({ tests: [own('failed')], exitCode: 1 })).toBe('killed')
    expect(of({ tests: [own('errored')], exitCode: 1 })).toBe('killed')
    expect(of({ tests: [OLD] })).toBe('killed')
    expect(of({ tests: [own('failed')], loadErrors: [UNLOADED], exitCode: 1 })).toBe('killed')
  })

  it('is that nobody noticed if all tests pass, or the test of the task is skipped', () => {
    expect(of({})).toBe('survived')
    expect(of({ tests: [own('skipped'), OLD] })).toBe('survived')
  })

  it('keeps tests of the task apart from others', () => {
    expect(of({ tests: [own('passed'), { ...OLD, outcome: 'failed' }], exitCode: 1 })).toBe('other')
  })

  it('says nothing if the code cannot be loaded', () => {
    expect(of({ tests: [], loadErrors: [UNLOADED], exitCode: 1 })).toBe('invalid')
    expect(of({ end: 'not_started', tests: [] })).toBe('invalid')
  })

  it('is that the change was noticed if the run does not end as before', () => {
    expect(of({ end: 'timed_out', tests: [] })).toBe('timed-out')
    expect(of({ end: 'crashed', tests: [] })).toBe('killed')
    expect(of({ end: 'output_limit', tests: [] })).toBe('killed')
    expect(of({ unhandled: ['Error: boom'], exitCode: 1 })).toBe('killed')
  })

  it('does not take a threshold of the coverage for a test', () => {
    expect(of({ exitCode: 1 })).toBe('invalid')
  })

  it('takes the exit code if there is nothing else', () => {
    expect(of({ exitCodeOnly: true, exitCode: 1, tests: [] })).toBe('killed')
    expect(of({ exitCodeOnly: true, tests: [] })).toBe('survived')
  })
})
