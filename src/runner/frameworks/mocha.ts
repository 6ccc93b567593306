import type { RunnerExit, Framework, PackageView, Report, TestRequest } from '../framework.ts'
import { findInstalled } from '../installed.ts'
import { patternsIn } from '../configured-patterns.ts'
import { importPattern, findInManifest } from '../manifest.ts'
import { reporterPath } from '../package-root.ts'
import { REPORT_VARIABLE } from '../reporters/writer.ts'
import { readEvents } from '../reports/events.ts'
import { loadFailureReport } from '../reports/load-failure.ts'
import { SPACE, namePattern } from '../reports/names.ts'
import { commandAsInScript, scriptOptions, scriptTargets } from '../test-script/script-command.ts'
import { isInTestFolder, isNamedTest } from './javascript.ts'

/** Mocha 9 and later. */
export const mocha = {
  name: 'mocha',
  language: 'javascript',
  source: 'reporter',
  imports: importPattern('mocha'),
  detect(view) {
    const config = CONFIGURATION.find(view.exists)
    return config ?? findInManifest(view, 'mocha')
  },
  isTest: file => isNamedTest(file) || isInTestFolder(file),
  configured: view => [
    ...CONFIGURATION.flatMap(file => patternsIn(view.read(file), 'spec')),
    ...patternsIn(JSON.stringify(view.manifest?.['mocha']), 'spec'),
  ],
  testPatterns: '*.test.js, *.spec.js or anything in a test folder (also .mjs, .cjs, .ts)',
  configuration: (view: PackageView) => [...CONFIGURATION, ...SET_UP].filter(view.exists),
  manifestKeys: ['scripts.test', 'mocha', 'type', 'imports'],
  snapshots: () => [],
  command(request) {
    const program = request.script?.program === 'ts-mocha' ? 'ts-mocha' : 'mocha'
    const installed = findInstalled(request.cwd, program)
    if (installed === undefined) return undefined
    const files = request.files.length > 0 ? { REDGREEN_FILES: request.files.join('\n') } : {}
    return commandAsInScript(request, {
      words: [installed.entry, ...scriptOptions(request), ...flags(), ...selection(request)],
      env: { [REPORT_VARIABLE]: request.report, ...files },
    })
  },
  install: 'Install mocha in the package: npm install --save-dev mocha.',
  parse,
} satisfies Framework

const CONFIGURATION = ['js', 'cjs', 'mjs', 'yaml', 'yml', 'json', 'jsonc'].map(
  extension => `.mocharc.${extension}`,
)
const SET_UP = ['test/mocha.opts', 'test/setup.js', 'test/setup.mjs', 'test/setup.cjs']

function flags(): string[] {
  return [
    `--reporter=${reporterPath('mocha', 'cjs')}`,
    '--no-color',
    '--no-parallel',
    // If a run stopped at the first failure, other tests would have no result.
    '--no-bail',
    '--forbid-only',
  ]
}

function selection(request: TestRequest): string[] {
  const targets = scriptTargets(request)
  if (request.names.length === 0) return targets
  const names = request.names.map(name => namePattern(name, `(?:${SPACE}>)?${SPACE}`)).join('|')
  return [`--grep=^(?:${SPACE})?(?:${names})(?:${SPACE})?$`, ...targets]
}

/** Mocha loads all files before it creates the reporter. If one cannot be loaded, the error is only in the output. */
function parse(text: string, request: TestRequest, exit: RunnerExit): Report {
  const thrown = /^[ \t]*✖ ERROR: ?|Exception during run: ?|^Error: /m.exec(exit.output)
  if (text !== '' || exit.exitCode === 0 || exit.signal !== null || thrown === null)
    return readEvents(text, request)
  return loadFailureReport(
    exit.output.slice(thrown.index).replace(thrown[0], ''),
    exit.output,
    request,
  )
}
