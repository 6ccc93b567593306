import { describe, expect, test } from 'vitest'
import { vitest } from '../../../src/runner/frameworks/vitest.ts'
import { PROJECT, CASES, TEST } from './cases.ts'
import { compareRuns } from './compare-runs.ts'
import { keepStandbys } from './warm-run.ts'

describe('a run in a process that waited says the same as one in a new process', () => {
  keepStandbys()

  test.each(CASES)('with %s', async (_name, one) => {
    const found = await compareRuns(vitest, PROJECT, { files: [TEST], ...one })
    expect(found.warm).toEqual(found.cold)
    expect([found.isWarm, found.says]).toEqual(found.expected)
  })
})
