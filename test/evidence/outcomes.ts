import type { EventBody, Event } from '../../src/evidence/event.ts'
import { parseEvent } from '../../src/evidence/event.ts'
import { sealLine, GENESIS } from '../../src/evidence/chain.ts'
import type { Outcome, TestResult } from '../../src/evidence/outcome.ts'

/** A complete run without failures; `part` overrides its fields. */
export function outcome(part: Partial<Outcome>): Outcome {
  return {
    end: 'complete',
    exitCode: 0,
    signal: null,
    durationMs: 1200,
    tests: [],
    loadErrors: [],
    unhandled: [],
    output: '',
    outputSha256: '',
    outputBytes: 0,
    command: ['node', '--test'],
    framework: 'node:test 20',
    ...part,
  }
}

export function passed(name: string): TestResult {
  return { id: `a.test.js > ${name}`, file: 'a.test.js', outcome: 'passed' }
}

export function failed(name: string, reason: TestResult['reason'] = 'assertion'): TestResult {
  return {
    id: `a.test.js > ${name}`,
    file: 'a.test.js',
    outcome: reason === 'hook' || reason === 'crash' ? 'errored' : 'failed',
    ...(reason && { reason }),
    message: '1 == 2',
  }
}

export function skipped(name: string): TestResult {
  return { id: `a.test.js > ${name}`, file: 'a.test.js', outcome: 'skipped' }
}

const run = {
  id: '0123456789ab',
  command: ['node', '--test'],
  cwd: '',
  exitCode: 1,
  durationMs: 1,
  framework: 'node:test 20',
  output: '',
  outputSha256: '',
}

const seen = { settings: 'none', tree: 'tree', run, frozen: {} }

/** A RED of these tests, with the hash `sha` of their file. */
export function red(task: string, tests: TestResult[], more: object = {}): EventBody {
  const counts = { passed: 0, failed: tests.length, skipped: 0, errored: 0 }
  const files = { 'a.test.js': 'sha' }
  const body = {
    kind: 'red',
    task,
    ...seen,
    tests,
    counts,
    files,
    provenAs: 'test',
    names: [],
    loadErrors: [],
    loadFailure: false,
  }
  return asBody({ ...body, ...more })
}

export function green(task: string, tests: TestResult[], sha = 'sha'): EventBody {
  const counts = { passed: tests.length, failed: 0, skipped: 0, errored: 0 }
  return asBody({
    kind: 'green',
    task,
    ...seen,
    tests,
    counts,
    files: { 'a.test.js': sha },
    names: [],
    named: [],
  })
}

export function suite(task: string, more: object = {}): EventBody {
  const counts = { passed: 1, failed: 0, skipped: 0, errored: 0 }
  const body = { kind: 'suite', task, ...seen, ran: 'full', counts }
  return asBody({ ...body, failing: [], turnedGreen: [], passedFiles: [], ...more })
}

/** Events in a chain, by default a minute apart. */
export function chain(bodies: EventBody[], times: string[] = []): Event[] {
  let prev = GENESIS
  return bodies.map((body, index) => {
    const at = times[index] ?? new Date(Date.UTC(2026, 0, 1, 12, index)).toISOString()
    const line = sealLine({ ...body, feature: 'f', at, by: 'me' }, { seq: index + 1, prev })
    const event = parseEvent(JSON.parse(line))
    if (!event) throw new Error(`no event: ${line}`)
    prev = event.hash
    return event
  })
}

function asBody(body: object): EventBody {
  const line = sealLine({ ...body, feature: 'f', at: '', by: 'me' }, { seq: 1, prev: GENESIS })
  const event = parseEvent(JSON.parse(line))
  if (!event) throw new Error(`no event: ${line}`)
  const {
    seq: _seq,
    prev: _prev,
    hash: _hash,
    feature: _feature,
    at: _at,
    by: _by,
    ...rest
  } = event
  return rest
}
