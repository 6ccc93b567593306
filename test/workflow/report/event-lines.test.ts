import { describe, expect, it } from 'vitest'
import type { Event, EventBody } from '../../../src/evidence/event.ts'
import { recordedTests } from '../../../src/evidence/recorded-tests.ts'
import { eventLine } from '../../../src/workflow/report/event-lines.ts'

const PERSON = { person: 'ada', channel: 'terminal' } as const
const SEEN = { task: 'T001', settings: 'none', tree: 't' }
const COUNTS = { passed: 1, failed: 2, skipped: 0, errored: 0 }
const RUN = {
  id: 'a1b2c3d4e5f6',
  command: ['node'],
  cwd: '',
  exitCode: 1,
  durationMs: 1,
  framework: 'node:test',
  output: '',
  outputSha256: '',
}

function event(body: EventBody): Event {
  const place = { seq: 1, prev: '', hash: '0123456789abcdef', feature: 'f', by: 'x' }
  return { ...body, ...place, at: '2026-01-02T03:04:05.678Z' }
}

function run(kind: 'red' | 'green', outcome: 'passed' | 'failed'): Event {
  const file = 'tests/a.test.js'
  const test = { id: `${file} > pops`, file, outcome }
  const message = outcome === 'failed' ? { message: 'expected 1, got 2' } : {}
  const common = {
    ...SEEN,
    run: RUN,
    counts: COUNTS,
    files: { [file]: 'a' },
    frozen: {},
    names: [],
  }
  return event(
    kind === 'green'
      ? { ...common, kind, tests: [test], named: [] }
      : {
          ...common,
          kind,
          provenAs: 'build',
          tests: [{ ...test, ...message }],
          loadErrors: [],
          loadFailure: false,
        },
  )
}

describe('an event in one line', () => {
  it.each<[EventBody | Event, string]>([
    [
      { kind: 'start', ...SEEN, title: 'Pop\nit', provenAs: 'build' },
      'T001  start: Pop it (build)',
    ],
    [run('red', 'failed'), 'T001  red: 1 passed, 2 failed'],
    [run('green', 'passed'), 'T001  green: 1 passed, 2 failed'],
    [{ kind: 'resumed', task: 'T001' }, 'T001  resumed'],
    [
      { kind: 'failed', task: 'T001', error: 'no disk', files: [], effect: 'halted' },
      'T001  failed: no disk (halted)',
    ],
    [
      { kind: 'reopened', task: 'T001', was: 'done', ...PERSON, reason: 'wrong' },
      'T001  reopened: was done, by ada, wrong',
    ],
    [
      { kind: 'released', task: 'T001', from: 'abc', since: '', why: 'human', ...PERSON },
      'T001  released: by ada',
    ],
    [
      { kind: 'test-retired', task: 'T001', test: 'a > b', reason: 'gone', ...PERSON },
      'T001  test-retired: "a > b" by ada: gone',
    ],
    [
      { kind: 'runs-allowed', fullRuns: 1, attempts: 1, ...PERSON },
      '-  runs-allowed: 1 full run and 1',
    ],
    [
      {
        kind: 'validation',
        passed: false,
        settings: '',
        tree: '',
        gates: [{ name: 'tests', passed: false, findings: [] }],
        turnedGreen: [],
        passedFiles: [],
      },
      '-  validation: failed: tests',
    ],
  ])('%#: says when, the task and what happened', (body, text) => {
    const line = eventLine('hash' in body ? body : event(body))
    expect(line).toContain(`2026-01-02 03:04:05  ${text}`)
    expect(line).toMatch(/ {2}\[0123456789ab\]$/)
  })
})

describe('a recorded test', () => {
  it('has its outcomes at RED and GREEN, and the last message while it does not pass', () => {
    expect(recordedTests([run('red', 'failed')])).toMatchObject([
      { task: 'T001', red: 'failed', passed: false, message: 'expected 1, got 2' },
    ])
    const [test] = recordedTests([run('red', 'failed'), run('green', 'passed')])
    expect(test).toMatchObject({ red: 'failed', green: 'passed', passed: true })
    expect(test).not.toHaveProperty('message')
  })
})
