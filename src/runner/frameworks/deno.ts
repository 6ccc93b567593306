import process from 'node:process'
import type { RunnerExit, Framework, PackageView, Report, TestRequest } from '../framework.ts'
import { findInstalled } from '../installed.ts'
import { isOnPath } from '../program.ts'
import { readJunit } from '../reports/junit.ts'
import { namePattern } from '../reports/names.ts'
import { loadFailureReport } from '../reports/load-failure.ts'

/** The test runner of Deno. It gets all permissions, like every other runner. */
export const deno = {
  name: 'deno test',
  language: 'javascript',
  source: 'file',
  imports: /\bDeno\.test\b/,
  detect: view => ['deno.json', 'deno.jsonc', 'deno.lock'].find(view.exists),
  isTest: file => /(?:^|[/._])test\.[cm]?[jt]sx?$/.test(file) && !file.includes('node_modules/'),
  testPatterns: '*_test.ts, *.test.ts or test.ts (also .js, .mjs, .tsx, .jsx)',
  configuration: (view: PackageView) =>
    ['deno.json', 'deno.jsonc', 'import_map.json'].filter(view.exists),
  manifestKeys: ['imports'],
  snapshots: file => [file.replace(/([^/]+)$/, '__snapshots__/$1.snap')],
  command(request) {
    const installed = findInstalled(request.cwd, 'deno')?.entry
    const program = installed === undefined ? ['deno'] : [process.execPath, installed]
    if (installed === undefined && !isOnPath('deno')) return undefined
    const flags = [
      '--allow-all',
      '--no-prompt',
      `--junit-path=${request.report}`,
      ...filter(request),
    ]
    return {
      argv: [...program, 'test', ...flags, ...request.files],
      env: { DENO_NO_UPDATE_CHECK: '1' },
    }
  },
  install: 'Install Deno: npm install --save-dev deno, or from deno.com.',
  parse,
} satisfies Framework

/** Deno cannot select steps, so their test is selected. Deno reports a line break in a name as `\n`. */
function filter({ names }: TestRequest): string[] {
  if (names.length === 0) return []
  const tests = new Set(names.map(name => patternOf(name)))
  return [`--filter=/^(?:${[...tests].join('|')})$/`]
}

function patternOf(name: string): string {
  const pattern = namePattern(name.split(' > ')[0] ?? '', ' ')
  return pattern.replace(/\\\\([bfnrtv])/g, String.raw`(?:\\$1|[\$1])`)
}

const BROKEN = /\(uncaught error\)|Type checking failed|could not be parsed|Module not found/

/** Load errors are only in the printed output; the report is then empty or missing. */
function parse(text: string, request: TestRequest, exit: RunnerExit): Report {
  const report = readJunit(text, request)
  const { exitCode, signal, output } = exit
  const broken = BROKEN.test(output) || (text === '' && /^error: \w*Error: /m.test(output))
  if (exitCode === 0 || signal !== null || !broken) return report
  const message = /^(?:TS\d+ \[ERROR\]|error): (?:\(in promise\) )?(.*)$/m.exec(output)?.[1] ?? ''
  const failed = loadFailureReport(message, output, request)
  // A load error counts even if other tests ran.
  return report.tests.length === 0 ? failed : { ...report, loadErrors: failed.loadErrors }
}
