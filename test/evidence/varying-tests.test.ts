import { describe, expect, it } from 'vitest'
import { varyingTests } from '../../src/evidence/varying-tests.ts'
import { failed, outcome, passed } from './outcomes.ts'

describe('two runs of the same tests vary', () => {
  const first = outcome({ tests: [passed('a'), failed('b')], exitCode: 1 })
  const loadErrors = [{ file: 'b.test.js', message: 'not found' }]

  it.each([
    ['in nothing', first, []],
    ['in a test that passes now', outcome({ tests: [passed('a'), passed('b')] }), ['b']],
    ['in a test that does not run now', outcome({ tests: [passed('a')], exitCode: 1 }), ['b']],
    ['in a file that is not loaded', { ...first, loadErrors }, ['b.test.js']],
    ['in the exit code alone', { ...first, exitCode: 0 }, ['the exit code']],
    ['in how they end', { ...first, end: 'crashed' as const }, ['the exit code']],
  ])('%s', (_what, second, ids) => {
    const found = varyingTests(first, second)
    expect(found.map(id => id.replace('a.test.js > ', ''))).toEqual(ids)
  })
})
