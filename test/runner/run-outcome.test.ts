import { describe, expect, it } from 'vitest'
import type { Framework } from '../../src/runner/framework.ts'
import { nodeTest } from '../../src/runner/frameworks/node-test.ts'
import { toOutcome } from '../../src/runner/run-outcome.ts'

const TOKEN = `ghp_${'a1B2'.repeat(9)}`
const TEXT = `DB_PASS=hunter2secret ${TOKEN}\u001b[31m\u202e`

/** The outcome of a run whose report has the text in every field. */
function outcomeOf(framework: Framework) {
  const target = { cwd: '/w', root: '/w', files: ['/w/a.test.js'], names: [] }
  const end = { outputSha256: '', outputBytes: 0, output: '', durationMs: 1 }
  return toOutcome({
    run: { ...target, framework, timeoutMs: 1, env: { API_KEY: 'value-of-the-key' } },
    request: { ...target, report: '/r/events', key: '' },
    command: [],
    exit: { end: 'exited', exitCode: 1, signal: null, reason: TEXT, ...end },
    report: {
      complete: true,
      version: '1',
      tests: [{ id: `a.test.js > ${TOKEN}`, file: 'a.test.js', outcome: 'failed', message: TEXT }],
      loadErrors: [{ file: 'b.test.js', message: `${TEXT} value-of-the-key` }],
      unhandled: [TEXT],
      output: TEXT,
    },
  })
}

describe('the outcome of a run', () => {
  it('has no secret and no terminal sequence in any text of the program', () => {
    const outcome = JSON.stringify(outcomeOf(nodeTest))
    expect(outcome).not.toMatch(/hunter2|ghp_|value-of-the-key|\\u001b|\u202e/)
    expect(outcome.match(/\[redacted\]/g)?.length).toBeGreaterThanOrEqual(6)
  })
})
