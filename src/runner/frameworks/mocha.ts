import process from 'node:process'
import type { Ending, Framework, PackageView, Report, TestRequest } from '../framework.ts'
import { findInstalled } from '../installed.ts'
import { importOf, namedIn } from '../manifest.ts'
import { reporterPath } from '../package-root.ts'
import { REPORT_VARIABLE } from '../reporters/writer.ts'
import { readEvents } from '../reports/events.ts'
import { notLoaded } from '../reports/not-loaded.ts'
import { BLANK, namePattern } from '../reports/names.ts'
import { isInTestFolder, isNamedTest } from './javascript.ts'

/** Mocha 9 and later. */
export const mocha = {
  name: 'mocha',
  language: 'javascript',
  source: 'reporter',
  imports: importOf('mocha'),
  detect(view) {
    const config = CONFIGURATION.find(view.exists)
    return config ?? namedIn(view, 'mocha')
  },
  isTest: file => isNamedTest(file) || isInTestFolder(file),
  testPatterns: '*.test.js, *.spec.js or anything in a test folder (also .mjs, .cjs, .ts)',
  configuration: (view: PackageView) => [...CONFIGURATION, ...SET_UP].filter(view.exists),
  manifestKeys: ['scripts.test', 'mocha', 'type', 'imports'],
  snapshots: () => [],
  command(request) {
    const installed = findInstalled(request.cwd, 'mocha')
    if (installed === undefined) return undefined
    const files = request.files.length > 0 ? { REDGREEN_FILES: request.files.join('\n') } : {}
    return {
      argv: [process.execPath, installed.entry, ...flags(), ...selection(request)],
      env: { [REPORT_VARIABLE]: request.report, ...files },
    }
  },
  install: 'Install mocha in the package: npm install --save-dev mocha.',
  parse,
} satisfies Framework

const CONFIGURATION = ['js', 'cjs', 'mjs', 'yaml', 'yml', 'json', 'jsonc'].map(
  ending => `.mocharc.${ending}`,
)
const SET_UP = ['test/mocha.opts', 'test/setup.js', 'test/setup.mjs', 'test/setup.cjs']

function flags(): string[] {
  return [
    `--reporter=${reporterPath('mocha', 'cjs')}`,
    '--no-color',
    '--no-parallel',
    // A run that stops at the first failure leaves the other tests without a result.
    '--no-bail',
    '--forbid-only',
  ]
}

function selection(request: TestRequest): string[] {
  if (request.names.length === 0) return request.files
  const names = request.names.map(name => namePattern(name, `(?:${BLANK}>)?${BLANK}`)).join('|')
  return [`--grep=^(?:${BLANK})?(?:${names})(?:${BLANK})?$`, ...request.files]
}

/** Mocha loads every file before it asks for a reporter; when one breaks, there is only its word. */
function parse(text: string, request: TestRequest, ending: Ending): Report {
  const thrown = /^\s*✖ ERROR: ?|Exception during run: ?|^Error: /m.exec(ending.output)
  if (text !== '' || ending.exitCode === 0 || ending.signal !== null || thrown === null)
    return readEvents(text, request)
  return notLoaded(ending.output.slice(thrown.index).replace(thrown[0], ''), ending.output, request)
}
