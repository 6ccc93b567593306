import path from 'node:path'
import type { Ending, Framework, PackageView, Report, TestRequest } from '../framework.ts'
import { findInstalled } from '../installed.ts'
import { dependsOn, importOf, scriptOf } from '../manifest.ts'
import { isOnPath } from '../program.ts'
import { readJunit } from '../reports/junit.ts'
import { BLANK, namePattern } from '../reports/names.ts'
import { notLoaded } from '../reports/not-loaded.ts'
import { isNamedTest, snapshotBeside } from './javascript.ts'

/** The test runner of Bun. */
export const bun = {
  name: 'bun test',
  language: 'javascript',
  source: 'file',
  imports: importOf('bun:test'),
  detect(view) {
    const script = /\bbun test\b/.test(scriptOf(view, 'test') ?? '')
    if (script) return 'bun test in the script "test" of package.json'
    const lock = ['bun.lock', 'bun.lockb', 'bunfig.toml'].find(view.exists)
    if (lock !== undefined) return lock
    return ['@types/bun', 'bun-types'].find(name => dependsOn(view, name))
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
    return { argv: [program, 'test', ...report, ...selection(request)], env: {} }
  },
  install: 'Install Bun: npm install --save-dev bun, or from bun.sh.',
  parse,
} satisfies Framework

/** Without `./` a path would be a part of names of files. */
function selection({ cwd, files, names }: TestRequest): string[] {
  const paths = files.map(file => `./${path.relative(cwd, file).split(path.sep).join('/')}`)
  if (names.length === 0) return paths
  const pattern = names.map(name => namePattern(name, `(?:${BLANK}>)?${BLANK}`)).join('|')
  return [`--test-name-pattern=^(?:${BLANK})?(?:${pattern})$`, ...paths]
}

/** A file that cannot be loaded is missing in the report, or with it the whole report. */
function parse(text: string, request: TestRequest, ending: Ending): Report {
  const broken = /# Unhandled error between tests\n-+\n([^]*?)\n-{5,}/.exec(ending.output)
  const report = withHooks(readJunit(text, request, { suites: true }))
  if (broken === null || ending.exitCode === 0 || ending.signal !== null) return report
  const seen = new Set(report.tests.map(test => test.file))
  const unseen = request.files.filter(
    file => !seen.has(path.relative(request.root, file).split(path.sep).join('/')),
  )
  const message = /^error: (.*)$/m.exec(broken[1] ?? '')?.[1] ?? broken[1] ?? ''
  if (unseen.length === 0) return { ...report, unhandled: [...report.unhandled, message] }
  const failed = notLoaded(message, ending.output, { ...request, files: unseen })
  return text === '' ? failed : { ...report, loadErrors: failed.loadErrors }
}

/** A broken hook stands in the report as a test without a name. */
function withHooks(report: Report): Report {
  const hooks = report.tests.filter(test => test.id.endsWith('(unnamed)'))
  return {
    ...report,
    tests: report.tests.filter(test => !hooks.includes(test)),
    loadErrors: hooks.map(({ file, message = '' }) => ({ file, message })),
  }
}
