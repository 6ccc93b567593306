import { nameOfTest, type TestRecord } from '../../evidence/recorded-tests.ts'
import type { Plan } from '../../plan/plan.ts'

/** What is exported: the feature's tests, and the text of its report. */
export interface ExportedReport {
  plan: Pick<Plan, 'feature' | 'tasks'>
  tests: readonly TestRecord[]
  /** Version of this program. */
  version: string
  /** First and last event of the feature: ISO 8601, UTC. */
  from: string
  to: string
}

/** The recorded tests as JUnit XML, with a suite for each task. */
export function junitReport({ plan, tests }: ExportedReport): string {
  const suites = [...new Set(tests.map(({ task }) => task))].map(id => {
    const own = tests.filter(({ task }) => task === id)
    const title = plan.tasks.find(task => task.id === id)?.title ?? ''
    const attributes = {
      name: `${id} ${title}`.trim(),
      ...totals(own),
      timestamp: own[0]?.at ?? '',
    }
    return [
      `  <testsuite ${attributesOf(attributes)}>`,
      ...own.flatMap(testCase),
      '  </testsuite>',
    ].join('\n')
  })
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites ${attributesOf({ name: plan.feature.id, ...totals(tests) })}>`,
    ...suites,
    '</testsuites>',
    '',
  ].join('\n')
}

function testCase(test: TestRecord): string[] {
  const { file, passed, message = 'it does not pass' } = test
  const attributes = attributesOf({ name: nameOfTest(test), classname: file, file, time: '0' })
  if (passed) return [`    <testcase ${attributes}/>`]
  return [
    `    <testcase ${attributes}>`,
    `      <failure ${attributesOf({ message })}/>`,
    '    </testcase>',
  ]
}

function totals(tests: readonly TestRecord[]): Record<string, string> {
  const failures = tests.filter(({ passed }) => !passed).length
  const counts = { tests: tests.length, failures, errors: 0, skipped: 0 }
  return Object.fromEntries(Object.entries(counts).map(([key, count]) => [key, String(count)]))
}

function attributesOf(values: Readonly<Record<string, string>>): string {
  return Object.entries(values)
    .map(([name, value]) => `${name}="${escapeMarkup(value)}"`)
    .join(' ')
}

/** The recorded tests in the Common Test Report Format (ctrf.io). */
export function ctrfReport({ tests, version, from, to }: ExportedReport): string {
  const passed = tests.filter(test => test.passed).length
  const report = {
    reportFormat: 'CTRF',
    specVersion: '0.0.0',
    results: {
      tool: { name: 'redgreen-mcp', version },
      summary: {
        tests: tests.length,
        passed,
        failed: tests.length - passed,
        pending: 0,
        skipped: 0,
        other: 0,
        start: Date.parse(from) || 0,
        stop: Date.parse(to) || 0,
      },
      tests: tests.map(test => ({
        name: nameOfTest(test),
        status: test.passed ? 'passed' : 'failed',
        // The ledger has the duration of a run, not of each test.
        duration: 0,
        filePath: test.file,
        ...(test.message !== undefined && { message: test.message }),
        extra: { task: test.task, red: test.red ?? null, green: test.green ?? null },
      })),
    },
  }
  return `${JSON.stringify(report, null, 2)}\n`
}

/** Text for an attribute or an element of HTML or XML. Characters that XML 1.0 does not have become a question mark. */
export function escapeMarkup(text: string): string {
  return (
    text
      .toWellFormed()
      // oxlint-disable-next-line no-control-regex
      .replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '?')
      .replaceAll(/[&<>"'\n\t\r]/g, character => `&#${character.codePointAt(0)};`)
  )
}
