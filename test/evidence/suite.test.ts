import { describe, expect, it } from 'vitest'
import { pendingAfter } from '../../src/evidence/pending-tests.ts'
import type { ProvenTest } from '../../src/evidence/proven-tests.ts'
import { judgeSuite } from '../../src/evidence/suite.ts'
import { chain, failed, outcome, passed, red } from './outcomes.ts'

describe('a suite', () => {
  const pending = pendingAfter(chain([red('T1', [failed('x'), failed('y')])]))
  const known = {
    pending,
    inProgress: new Set(['a.test.js > w']),
    startedFiles: new Set(['new.test.js']),
    baseline: new Set(['a.test.js > old']),
    proven: new Map<string, ProvenTest>(),
    hash: () => 'sha',
  }

  it('excuses pending tests and the tests of tasks in progress, and nothing else', () => {
    const tests = [passed('x'), failed('y'), failed('w'), failed('old'), failed('z')]
    expect(judgeSuite(outcome({ exitCode: 1, tests }), known)).toEqual({
      failing: ['a.test.js > z'],
      excused: ['a.test.js > y', 'a.test.js > w'],
      before: ['a.test.js > old'],
      turnedGreen: ['a.test.js > x'],
      passedFiles: [],
    })
  })

  it('excuses a new test file of a task that has no RED yet, also if it cannot be loaded', () => {
    const own = { id: 'new.test.js > v', file: 'new.test.js', outcome: 'failed' as const }
    const other = { id: 'newer.test.js > v', file: 'newer.test.js', outcome: 'failed' as const }
    const loadErrors = ['new.test.js', 'newer.test.js'].map(file => ({ file, message: 'missing' }))
    const verdict = judgeSuite(outcome({ exitCode: 1, tests: [own, other], loadErrors }), known)
    expect(verdict).toMatchObject({
      failing: ['newer.test.js > v', 'newer.test.js'],
      excused: ['new.test.js > v', 'new.test.js'],
    })
  })

  it('settles no pending test whose file changed', () => {
    const verdict = judgeSuite(outcome({ tests: [passed('x')] }), {
      ...known,
      hash: () => 'other',
    })
    expect(verdict).toMatchObject({ turnedGreen: [] })
  })

  it('is inconsistent if no test failed but the exit code is not 0', () => {
    const verdict = judgeSuite(outcome({ exitCode: 1, tests: [passed('x')] }), known)
    expect(verdict).toMatchObject({ code: 'inconsistent' })
  })

  it('counts a file that cannot be loaded, unless it is pending as a whole', () => {
    const loadErrors = [{ file: 'a.test.js', message: 'x' }]
    const run = outcome({ exitCode: 1, loadErrors })
    expect(judgeSuite(run, known)).toMatchObject({ failing: ['a.test.js'] })
    const loadFailure = pendingAfter(chain([red('T1', [], { loadFailure: true })]))
    expect(judgeSuite(run, { ...known, pending: loadFailure })).toMatchObject({ failing: [] })
  })
})
