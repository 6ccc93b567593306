import { describe, expect, test } from 'vitest'
import { readCtrf, readVitestJson } from '../../../src/runner/reports/json.ts'
import { reportLines, requestFor } from './request.ts'

describe('JSON', () => {
  test('of Vitest and Jest reports a load error as a failed file without tests', () => {
    const request = requestFor('a.test.js')
    const [file = ''] = request.files
    const reportOf = (results: object[]) => JSON.stringify({ testResults: results })
    const failing = {
      ancestorTitles: ['s'],
      title: 'x',
      status: 'failed',
      failureMessages: ['AssertionError: no'],
    }
    const report = readVitestJson(
      reportOf([{ name: file, status: 'failed', message: '', assertionResults: [failing] }]),
      request,
    )
    expect(reportLines(report)).toEqual(['a.test.js > s > x: failed assertion'])
    const broken = {
      name: file,
      status: 'failed',
      message: `Cannot find module './m'`,
      assertionResults: [],
    }
    expect(readVitestJson(reportOf([broken]), request).loadErrors).toMatchObject([
      { missing: './m' },
    ])
    expect(readVitestJson(reportOf([broken]).slice(0, -5), request).complete).toBe(false)
  })

  test('in CTRF format is not complete if its count differs from the number of its tests', () => {
    const request = requestFor('a.test.js')
    const tests = [{ name: 'x', status: 'passed', filePath: 'a.test.js', suite: 's' }]
    const reportOf = (count: number) =>
      JSON.stringify({ results: { summary: { tests: count }, tests } })
    expect(readCtrf(reportOf(1), request)).toMatchObject({
      complete: true,
      tests: [{ id: 'a.test.js > s > x' }],
    })
    expect(readCtrf(reportOf(2), request).complete).toBe(false)
  })
})
