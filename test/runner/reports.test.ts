import path from 'node:path'
import { describe, expect, test } from 'vitest'
import type { TestRequest } from '../../src/runner/framework.ts'
import type { ReportEvent } from '../../src/runner/reporters/event.ts'
import { sealLine } from '../../src/runner/reporters/seal.ts'
import { readEvents } from '../../src/runner/reports/events.ts'
import { findMissingImport } from '../../src/runner/reports/missing-import.ts'
import { cleanName, firstLine } from '../../src/runner/reports/names.ts'

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
  test('is complete when every line is ours and the last one ends it', () => {
    expect(readEvents(linesOf(WHOLE).join(''), request)).toEqual({
      complete: true,
      tests: [{ id: 'a.test.ts > s > x', file: 'a.test.ts', outcome: 'passed' }],
      loadErrors: [],
      unhandled: [],
      version: '4.0.0',
    })
  })

  test.each(WHOLE.map((event, index) => [event.ev, index]))(
    'without its line %s is not',
    (_, index) => {
      const lines = linesOf(WHOLE).toSpliced(index, 1)
      expect(readEvents(lines.join(''), request).complete).toBe(false)
    },
  )

  test('that was never written is not complete', () => {
    expect(readEvents('', request)).toMatchObject({ complete: false, tests: [], unhandled: [] })
  })

  test('that ends within a line is cut off and not spoiled', () => {
    const text = linesOf(WHOLE).join('').slice(0, -20)
    expect(readEvents(text, request)).toMatchObject({ complete: false, unhandled: [] })
  })

  test.each([
    ['a line in clear', JSON.stringify(WHOLE[3])],
    ['a line of another key', sealLine('other', 6, JSON.stringify(WHOLE[3])).trimEnd()],
    ['a line said again', linesOf(WHOLE)[3]?.trimEnd()],
    ['an empty line', ''],
    ['a sealed line that is no event', sealLine('key', 6, '{"ev":"fake"}').trimEnd()],
  ])('with %s after its end is spoiled', (_, line) => {
    const read = readEvents(`${linesOf(WHOLE).join('')}${line}\n`, request)
    expect(read.complete).toBe(false)
    expect(read.unhandled[0]).toContain('a line that the reporter did not write')
  })

  test('written as a whole by somebody else holds no tests', () => {
    const fake = WHOLE.map((event, index) => sealLine('guess', index, JSON.stringify(event))).join(
      '',
    )
    expect(readEvents(fake, request)).toMatchObject({ complete: false, tests: [] })
  })

  test('with two lines changed in order is spoiled', () => {
    const [begin = '', file = '', ...rest] = linesOf(WHOLE)
    expect(readEvents([file, begin, ...rest].join(''), request).complete).toBe(false)
  })

  test('that tells an announced test twice counts it once, as it was told last', () => {
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

  test('tells of what ran unasked when it failed, and counts it nowhere', () => {
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

describe('what is missing', () => {
  const cases: [string, object | undefined][] = [
    [`Cannot find module '../src/m.mjs' imported from '${FILE}'`, { missing: '../src/m.mjs' }],
    [`Cannot find module '${ROOT}/src/m.mjs' imported from ${FILE}`, { missing: './src/m.mjs' }],
    [
      `Error [ERR_MODULE_NOT_FOUND]: Cannot find package 'left' imported from ${FILE}`,
      { missing: 'left' },
    ],
    [`Failed to resolve import "./m" from "a.test.ts". Does the file exist?`, { missing: './m' }],
    [`Failed to load url ./m (resolved id: ./m) in ${FILE}.`, { missing: './m' }],
    [`Cannot find module './m'\nRequire stack:\n- ${FILE}`, { missing: './m' }],
    [
      `SyntaxError: The requested module './m.js' does not provide an export named 'nope'`,
      { missing: 'nope', missingFrom: './m.js' },
    ],
    [
      `SyntaxError: Named export 'nope' not found. The requested module 'pkg' is a CommonJS module`,
      { missing: 'nope', missingFrom: 'pkg' },
    ],
    [`SyntaxError: missing ) after argument list`, undefined],
  ]
  test.each(cases)('is read from: %s', (message, expected) => {
    expect(findMissingImport(message, FILE)).toEqual(expected)
  })
})

describe('names and messages', () => {
  test('are one line without control characters', () => {
    expect(cleanName(' a\n  b\t\u001b[31mc\u001b[0m\u0000d\u202e ')).toBe('a b c d')
    expect(firstLine('\n\u001b[1m  expected 1\u001b[0m\nto be 2')).toBe('expected 1')
    expect(firstLine('x'.repeat(9999))).toHaveLength(300)
  })
})

function linesOf(events: ReportEvent[]): string[] {
  return events.map((event, index) => sealLine('key', index, JSON.stringify(event)))
}
