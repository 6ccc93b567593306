import type { RunnerExit, Framework, PackageView, Report, TestRequest } from '../framework.ts'
import { findInstalled } from '../installed.ts'
import { patternsIn } from '../configured-patterns.ts'
import { importPattern, findInManifest } from '../manifest.ts'
import { readTap } from '../reports/tap.ts'
import { loadFailureReport } from '../reports/load-failure.ts'
import { commandAsInScript, scriptOptions, scriptTargets } from '../test-script/script-command.ts'
import { codeFiles, isInTestFolder, isNamedTest } from './javascript.ts'
import { FINISHED_TEST } from '../reports/finished-tests.ts'

/** AVA 4 and later. Its report is TAP, which names no files, so each file is run by itself. */
export const ava = {
  name: 'ava',
  language: 'javascript',
  source: 'stdout',
  imports: importPattern('ava'),
  detect(view) {
    const config = ['ava.config.js', 'ava.config.cjs', 'ava.config.mjs'].find(view.exists)
    return config ?? findInManifest(view, 'ava')
  },
  isTest: file =>
    isNamedTest(file) || isInTestFolder(file) || /(?:^|\/)test[^/]*\.[cm]?js$/.test(file),
  configured: view => [
    ...codeFiles(view, ['ava.config']).flatMap(file => patternsIn(view.read(file), 'files')),
    ...patternsIn(JSON.stringify(view.manifest?.['ava']), 'files'),
  ],
  testPatterns:
    '*.test.js, *.spec.js, test-*.js or anything in a test folder (also .mjs, .cjs, .ts)',
  configuration: (view: PackageView) => codeFiles(view, ['ava.config']),
  manifestKeys: ['scripts.test', 'ava', 'type', 'imports'],
  snapshots: file => [`${file}.md`, `${file}.snap`],
  command(request) {
    const installed = findInstalled(request.cwd, 'ava')
    if (installed === undefined) return undefined
    const flags = [
      '--tap',
      '--no-color',
      '--timeout=24h',
      ...request.names.map(name => `--match=${matchPattern(name)}`),
    ]
    return commandAsInScript(request, {
      words: [installed.entry, ...scriptOptions(request), ...flags, ...scriptTargets(request)],
      env: {},
    })
  },
  install: 'Install ava in the package: npm install --save-dev ava.',
  split: ({ files, names }) => {
    const parts = files.map(file => ({ files: [file], names }))
    return parts.length > 0 ? parts : [{ files, names }]
  },
  finishedTest: FINISHED_TEST.tap,
  namesNoFiles: true,
  parse,
} satisfies Framework

/** A pattern of AVA for a name. `*`, `\` and a leading `!` are special, so `*` replaces `\` and the leading `!`. */
function matchPattern(name: string): string {
  return name.replace(/^!|\\/g, '*')
}

/** AVA reports a file that cannot be loaded as points beyond an empty plan. */
function parse(text: string, request: TestRequest, exit: RunnerExit): Report {
  const broken = /^not ok \d+ - (?!.*exited with a non-zero exit code)(.+)$/m.exec(text)
  if (exit.exitCode !== 0 && broken !== null && /^1\.\.0$/m.test(text))
    return loadFailureReport((broken[1] ?? '').replace(/^Error \[\w+\]: /, ''), text, request)
  const hasNoTests = /^not ok \d+ - (?:No tests found in|Couldn.t find any)/m.test(text)
  const report = readTap(text, request)
  return hasNoTests ? { ...report, complete: true, tests: [], unhandled: [] } : report
}
