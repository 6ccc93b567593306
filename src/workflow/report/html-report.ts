import { nameOfTest, type TestRecord } from '../../evidence/recorded-tests.ts'
import { escapeMarkup, type ExportedReport } from './exported-report.ts'

/** A task as the page shows it. */
export interface ReportedTask {
  id: string
  title: string
  kind: string
  stage: string
  /** Lines of the ledger about it. */
  events: readonly string[]
}

/** One page without scripts and without anything to load: the report, every task with its events, and every test. */
export function htmlReport(
  { plan, tests, version, to }: ExportedReport,
  tasks: readonly ReportedTask[],
  report: string,
): string {
  const { title, id } = plan.feature
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${escapeMarkup(`${title} (${id})`)}</title>`,
    `<style>${STYLE}</style>`,
    '</head>',
    '<body>',
    `<h1>${escapeMarkup(title)}</h1>`,
    `<p>${escapeMarkup(id)}, as of ${escapeMarkup(to)}. Written by redgreen-mcp ${escapeMarkup(version)}.</p>`,
    '<h2>Report</h2>',
    `<pre>${escapeMarkup(report).replaceAll('&#10;', '\n')}</pre>`,
    '<h2>Tasks</h2>',
    ...tasks.map(taskSection),
    '<h2>Tests</h2>',
    '<table><thead><tr><th>Test</th><th>File</th><th>Task</th><th>RED</th><th>GREEN</th><th>Now</th></tr></thead><tbody>',
    ...tests.map(testRow),
    '</tbody></table>',
    '</body>',
    '</html>',
    '',
  ].join('\n')
}

function taskSection({ id, title, kind, stage, events }: ReportedTask): string {
  const summary = escapeMarkup(`${id} ${title} — ${kind}, ${stage}`)
  const lines = escapeMarkup(events.join('\n')).replaceAll('&#10;', '\n')
  return `<details><summary>${summary}</summary><pre>${lines}</pre></details>`
}

function testRow(test: TestRecord): string {
  const { file, task, red = '–', green = '–', passed, message } = test
  const now = passed ? 'passes' : `does not pass${message === undefined ? '' : `: ${message}`}`
  const cells = [nameOfTest(test), file, task, red, green, now]
  return `<tr>${cells.map(cell => `<td>${escapeMarkup(cell)}</td>`).join('')}</tr>`
}

const STYLE = [
  ':root{color-scheme:light dark}',
  'body{font:16px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:72rem;padding:0 1rem}',
  'pre{white-space:pre-wrap;overflow-wrap:anywhere;font-size:.875rem}',
  'table{border-collapse:collapse;width:100%;font-size:.875rem}',
  'th,td{border:1px solid #8888;padding:.25rem .5rem;text-align:left;overflow-wrap:anywhere}',
].join('')
