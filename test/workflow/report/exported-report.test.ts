import { XMLParser, XMLValidator } from 'fast-xml-parser'
import { describe, expect, it } from 'vitest'
import type { TestRecord } from '../../../src/evidence/recorded-tests.ts'
import {
  ctrfReport,
  junitReport,
  type ExportedReport,
} from '../../../src/workflow/report/exported-report.ts'
import { htmlReport } from '../../../src/workflow/report/html-report.ts'

const HOSTILE = `</title><script>alert("x")</script> & 'q' \u0000 \ud800`

function test(name: string, more: Partial<TestRecord> = {}): TestRecord {
  const file = 'tests/a.test.js'
  const at = '2026-01-02T03:04:05.000Z'
  return { id: `${file} > ${name}`, file, task: 'T001', red: 'failed', passed: true, at, ...more }
}

function reportOf(tests: TestRecord[], title = 'Stack'): ExportedReport {
  const feature = { id: '001-stack', title, dialect: 'spec-kit', dir: 'specs/001-stack' }
  const from = '2026-01-02T03:00:00.000Z'
  return { plan: { feature, tasks: [] }, tests, version: '1.0.0', from, to: from }
}

const TESTS = [
  test('pops'),
  test(HOSTILE, { passed: false, message: HOSTILE }),
  test('other', { task: 'T002' }),
]

describe('the JUnit report', () => {
  it('has a suite for each task and a failure for each test that does not pass', () => {
    const xml = junitReport(reportOf(TESTS))
    expect(XMLValidator.validate(xml)).toBe(true)
    const read = new XMLParser({ ignoreAttributes: false }).parse(xml)
    expect(read.testsuites).toMatchObject({ '@_tests': '3', '@_failures': '1' })
    const suites = read.testsuites.testsuite
    expect(suites).toMatchObject([
      { '@_name': 'T001', '@_tests': '2', '@_failures': '1' },
      { '@_name': 'T002', '@_tests': '1' },
    ])
    expect(suites[0].testcase[0]).toMatchObject({
      '@_name': 'pops',
      '@_classname': 'tests/a.test.js',
    })
    expect(xml).not.toContain('<script>')
    // oxlint-disable-next-line no-control-regex
    expect(xml).not.toMatch(/[\u0000\ud800]/)
  })

  it('of a feature without tests is valid', () => {
    expect(XMLValidator.validate(junitReport(reportOf([])))).toBe(true)
  })
})

describe('the CTRF report', () => {
  it('has the required fields of the format, and the task and outcomes of each test', () => {
    const { reportFormat, results } = JSON.parse(ctrfReport(reportOf(TESTS)))
    expect(reportFormat).toBe('CTRF')
    expect(results.summary).toEqual({
      tests: 3,
      passed: 2,
      failed: 1,
      pending: 0,
      skipped: 0,
      other: 0,
      start: 1767322800000,
      stop: 1767322800000,
    })
    expect(results.tests[0]).toEqual({
      name: 'pops',
      status: 'passed',
      duration: 0,
      filePath: 'tests/a.test.js',
      extra: { task: 'T001', red: 'failed', green: null },
    })
  })
})

describe('the HTML report', () => {
  it('is one page that loads nothing and in which every text stays text', () => {
    const tasks = [{ id: HOSTILE, title: HOSTILE, kind: 'build', stage: 'done', events: [HOSTILE] }]
    const page = htmlReport(reportOf(TESTS, HOSTILE), tasks, `# Report\n${HOSTILE}`)
    expect(page).not.toMatch(/<script|src=|href=|@import|url\(/)
    expect(page.match(/<\/title>/g)).toHaveLength(1)
    expect(page).toContain("default-src 'none'")
    expect(page).toContain('&#60;script&#62;')
    expect(page).toContain('# Report\n')
  })
})
