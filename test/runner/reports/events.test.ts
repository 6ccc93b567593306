import path from 'node:path'
import { describe, expect, test } from 'vitest'
import type { TestRequest } from '../../../src/runner/framework.ts'
import type { ReportEvent } from '../../../src/runner/reporters/event.ts'
import { sealLine } from '../../../src/runner/reporters/seal.ts'
import { readEvents } from '../../../src/runner/reports/events.ts'

const ROOT = path.resolve('/w')
const FILE = path.join(ROOT, 'a.test.ts')
const request: TestRequest = { cwd: ROOT, root: ROOT, files: [], names: [], report: '', key: 'key' }

const TEST: ReportEvent = { ev: 'test', file: FILE, key: '1', name: 's > x', state: 'passed' }
const WHOLE: ReportEvent[] = [
  { ev: 'run-start', runner: 'vitest', version: '4.0.0' },
  { ev: 'file', file: FILE, tests: [] },
  { ev: 'test-start', file: FILE, key: '1', name: 's > x' },
  TEST,
  { ev: 'file-end', file: FILE, errors: [] },
  { ev: 'run-end', unhandled: [] },
]

describe('a report', () => {
  test('is complete if the reporter wrote every line, including the end', () => {
    expect(readEvents(linesOf(WHOLE).join(''), request)).toEqual({
      complete: true,
      tests: [{ id: 'a.test.ts > s > x', file: 'a.test.ts', outcome: 'passed' }],
      loadErrors: [],
      unhandled: [],
      version: '4.0.0',
    })
  })

  test.each(WHOLE.map((event, index) => [event.ev, index]))(
    'without its line %s is not complete',
    (_, index) => {
      const lines = linesOf(WHOLE).toSpliced(index, 1)
      expect(readEvents(lines.join(''), request).complete).toBe(false)
    },
  )

  test('that was not written is not complete', () => {
    expect(readEvents('', request)).toMatchObject({ complete: false, tests: [], unhandled: [] })
  })

  test('that ends within a line is incomplete, but not tampered with', () => {
    const text = linesOf(WHOLE).join('').slice(0, -20)
    expect(readEvents(text, request)).toMatchObject({ complete: false, unhandled: [] })
  })

  test.each([
    ['a line without a seal', JSON.stringify(WHOLE[3])],
    [
      'a line with the seal of another key',
      sealLine('other', 6, JSON.stringify(WHOLE[3])).trimEnd(),
    ],
    ['a repeated line', linesOf(WHOLE)[3]?.trimEnd()],
    ['an empty line', ''],
    ['a sealed line that is not an event', sealLine('key', 6, '{"ev":"fake"}').trimEnd()],
  ])('with %s after its end is tampered with', (_, line) => {
    const read = readEvents(`${linesOf(WHOLE).join('')}${line}\n`, request)
    expect(read.complete).toBe(false)
    expect(read.unhandled[0]).toContain('a line that the reporter did not write')
  })

  test('that another program wrote contains no tests', () => {
    const fake = WHOLE.map((event, index) => sealLine('guess', index, JSON.stringify(event))).join(
      '',
    )
    expect(readEvents(fake, request)).toMatchObject({ complete: false, tests: [] })
  })

  test('with two lines in another order is tampered with', () => {
    const [begin = '', file = '', ...rest] = linesOf(WHOLE)
    expect(readEvents([file, begin, ...rest].join(''), request).complete).toBe(false)
  })

  test('that has two results of an announced test counts the last one', () => {
    const [begin, , start, passed, ...rest] = WHOLE
    const known: ReportEvent = { ev: 'file', file: FILE, tests: [{ key: '1', name: 's > x' }] }
    const failed: ReportEvent = { ...TEST, state: 'failed', reason: 'error', message: 'late' }
    const events = [begin, known, start, passed, failed, ...rest].filter(
      event => event !== undefined,
    )
    const read = readEvents(linesOf(events).join(''), request)
    expect(read.complete).toBe(true)
    expect(read.tests).toMatchObject([{ id: 'a.test.ts > s > x', outcome: 'failed' }])
  })

  test('with a failed test that was not requested contains an error instead of the test', () => {
    const failure = { state: 'failed', reason: 'assertion' } as const
    const failed = WHOLE.map(event =>
      event.ev === 'test' ? Object.assign({}, event, failure) : event,
    )
    const read = readEvents(linesOf(failed).join(''), {
      ...request,
      files: [path.join(ROOT, 'b.ts')],
    })
    expect(read.tests).toEqual([])
    expect(read.unhandled).toEqual([
      'A test that was not requested ran and did not pass: a.test.ts > s > x',
    ])
  })
})

function linesOf(events: ReportEvent[]): string[] {
  return events.map((event, index) => sealLine('key', index, JSON.stringify(event)))
}
