import path from 'node:path'
import type { RunnerExit, Framework, PackageView, Report, TestRequest } from '../framework.ts'
import { findInstalled } from '../installed.ts'
import { hasDependency, importPattern, scriptOf } from '../manifest.ts'
import { isOnPath } from '../program.ts'
import { readJunit } from '../reports/junit.ts'
import { SPACE, namePattern } from '../reports/names.ts'
import { loadFailureReport } from '../reports/load-failure.ts'
import { scriptOptions, scriptSetting, scriptTargets } from '../test-script/script-command.ts'
import { isNamedTest, snapshotBeside } from './javascript.ts'

/** The test runner of Bun. */
export const bun = {
  name: 'bun test',
  language: 'javascript',
  source: 'file',
  imports: importPattern('bun:test'),
  detect(view) {
    const script = /\bbun test\b/.test(scriptOf(view, 'test') ?? '')
    if (script) return 'bun test in the script "test" of package.json'
    const lock = ['bun.lock', 'bun.lockb', 'bunfig.toml'].find(view.exists)
    if (lock !== undefined) return lock
    return ['@types/bun', 'bun-types'].find(name => hasDependency(view, name))
  },
  isTest: file => isNamedTest(file) || /[^/]_(?:test|spec)\.[cm]?[jt]sx?$/.test(file),
  testPatterns: '*.test.ts, *_test.ts, *.spec.ts or *_spec.ts (also .js, .tsx, .jsx)',
  configuration: (view: PackageView) => ['bunfig.toml', 'tsconfig.json'].filter(view.exists),
  manifestKeys: ['scripts.test', 'type', 'imports'],
  snapshots: snapshotBeside,
  command(request) {
    const program =
      findInstalled(request.cwd, 'bun')?.entry ?? (isOnPath('bun') ? 'bun' : undefined)
    if (program === undefined) return undefined
    const report = ['--reporter=junit', `--reporter-outfile=${request.report}`]
    return {
      argv: [program, 'test', ...scriptOptions(request), ...report, ...selection(request)],
      env: {},
      ...scriptSetting(request.script, request.cwd),
    }
  },
  install: 'Install Bun: npm install --save-dev bun, or from bun.sh.',
  parse,
} satisfies Framework

/** Without `./`, Bun would treat a path as part of a file name to search for. */
function selection(request: TestRequest): string[] {
  const { cwd, files, names } = request
  const own = files.map(file => `./${path.relative(cwd, file).split(path.sep).join('/')}`)
  const paths = files.length > 0 ? own : scriptTargets(request)
  if (names.length === 0) return paths
  const pattern = names.map(name => namePattern(name, `(?:${SPACE}>)?${SPACE}`)).join('|')
  return [`--test-name-pattern=^(?:${SPACE})?(?:${pattern})$`, ...paths]
}

/** If a file cannot be loaded, the report does not contain it, or there is no report at all. */
function parse(text: string, request: TestRequest, exit: RunnerExit): Report {
  const broken = /# Unhandled error between tests\n-+\n([^]*?)\n-{5,}/.exec(exit.output)
  // Bun writes no report if there was nothing to run.
  if (text === '' && broken === null && exit.signal === null && RAN_NOTHING.test(exit.output))
    return { complete: true, tests: [], loadErrors: [], unhandled: [], version: '' }
  const report = withHookErrors(readJunit(text, request, { suites: true }))
  if (broken === null || exit.exitCode === 0 || exit.signal !== null) return report
  const reported = new Set(report.tests.map(test => test.file))
  const notReported = request.files.filter(
    file => !reported.has(path.relative(request.root, file).split(path.sep).join('/')),
  )
  const message = /^error: (.*)$/m.exec(broken[1] ?? '')?.[1] ?? broken[1] ?? ''
  if (notReported.length === 0) return { ...report, unhandled: [...report.unhandled, message] }
  const failed = loadFailureReport(message, exit.output, { ...request, files: notReported })
  return text === '' ? failed : { ...report, loadErrors: failed.loadErrors }
}

const RAN_NOTHING = /^Ran 0 tests\b/m

/** Bun reports a failed hook as a test without a name. Here, it becomes a load error of the file. */
function withHookErrors(report: Report): Report {
  const hooks = report.tests.filter(test => test.id.endsWith('(unnamed)'))
  return {
    ...report,
    tests: report.tests.filter(test => !hooks.includes(test)),
    loadErrors: hooks.map(({ file, message = '' }) => ({ file, message })),
  }
}
