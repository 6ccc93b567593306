import { describe, expect, it } from 'vitest'
import type { TestResult } from '../../src/evidence/outcome.ts'
import { pendingAfter } from '../../src/evidence/pending-tests.ts'
import type { ProvenTest } from '../../src/evidence/proven-tests.ts'
import { judgeRefactoring } from '../../src/evidence/refactoring.ts'
import { chain, failed, outcome, passed, red, skipped } from './outcomes.ts'

const known = {
  pending: pendingAfter(chain([red('T1', [failed('later')])])),
  inProgress: new Set<string>(),
  startedFiles: new Set<string>(),
  baseline: new Set<string>(),
  proven: new Map<string, ProvenTest>(),
  hash: () => 'sha',
}
const before = { passed: ['a.test.js > x', 'a.test.js > y'], failing: ['a.test.js > old'] }

function judge(tests: TestResult[], changed: string[] = [], more: Partial<typeof known> = {}) {
  const exitCode = tests.some(test => test.outcome === 'failed') ? 1 : 0
  return judgeRefactoring(
    outcome({ exitCode, tests }),
    before,
    { ...known, ...more },
    { changed: new Set(changed), isNew: () => false },
  )
}

const inFile = (file: string, name: string): TestResult => ({
  id: `${file} > ${name}`,
  file,
  outcome: 'passed',
})

describe('a refactoring', () => {
  it('keeps what passed; old failures and pending tests may fail, and new tests may come', () => {
    const tests = [passed('x'), passed('y'), passed('new'), failed('old'), failed('later')]
    expect(judge(tests)).toEqual({ proves: 'green', renamed: {}, failing: ['a.test.js > old'] })
  })

  it.each([
    ['green_fails', 'fails a test that passed', [passed('x'), failed('y')]],
    ['green_fails', 'fails a new test', [passed('x'), passed('y'), failed('new')]],
    ['tests_missing', 'loses a test', [passed('x')]],
    ['tests_missing', 'gives a test another name in an unchanged file', [passed('x'), passed('z')]],
    ['skipped', 'skips a test', [passed('x'), skipped('y')]],
  ])('is refused with %s if it %s', (code, _what, tests) => {
    expect(judge(tests)).toMatchObject({ proves: 'nothing', code })
  })

  it('may fix an old failure', () => {
    expect(judge([passed('x'), passed('y'), passed('old')])).toMatchObject({ proves: 'green' })
  })

  it('may give tests another name in a changed file', () => {
    expect(judge([passed('x'), passed('z')], ['a.test.js'])).toEqual({
      proves: 'green',
      renamed: { 'a.test.js > y': 'a.test.js > z' },
      failing: [],
    })
  })

  it('may move tests to another file, and give them another name there', () => {
    const tests = [inFile('b.test.js', 'z'), inFile('b.test.js', 'x')]
    expect(judge(tests, ['a.test.js'])).toMatchObject({
      renamed: { 'a.test.js > x': 'b.test.js > x', 'a.test.js > y': 'b.test.js > z' },
    })
  })

  it('may move tests to a new file that passes on the earlier files too', () => {
    const passed = [...before.passed, 'b.test.js > x', 'b.test.js > y']
    const moved = ['x', 'y'].map(name => inFile('b.test.js', name))
    const judgeMoved = (isNew: boolean) =>
      judgeRefactoring(outcome({ exitCode: 0, tests: moved }), { passed, failing: [] }, known, {
        changed: new Set(['a.test.js']),
        isNew: file => isNew && file === 'b.test.js',
      })
    const renamed = { 'a.test.js > x': 'b.test.js > x', 'a.test.js > y': 'b.test.js > y' }
    expect(judgeMoved(true)).toMatchObject({ proves: 'green', renamed })
    expect(judgeMoved(false)).toMatchObject({ code: 'tests_missing' })
  })

  it('may not count one test for two', () => {
    expect(judge([passed('z')], ['a.test.js'])).toMatchObject({ code: 'tests_missing' })
  })

  it('may not lose a test that proves a task', () => {
    const proof = { task: 'T1', file: 'b.test.js', sha256: 'sha', testHash: 'sha' }
    const proven = new Map([['b.test.js > p', proof]])
    expect(judge([passed('x'), passed('y')], [], { proven })).toMatchObject({
      code: 'tests_missing',
    })
  })
})
