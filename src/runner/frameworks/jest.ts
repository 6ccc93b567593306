import process from 'node:process'
import type { Framework, PackageView, TestRequest } from '../framework.ts'
import { findInstalled } from '../installed.ts'
import { importOf, namedIn } from '../manifest.ts'
import { reporterPath } from '../package-root.ts'
import { REPORT_VARIABLE } from '../reporters/writer.ts'
import { ENDED } from '../reports/count.ts'
import { readEvents } from '../reports/events.ts'
import { BLANK, namePattern } from '../reports/names.ts'
import { codeFiles, isInTestFolder, isNamedTest, snapshotBeside } from './javascript.ts'

/** Jest 28 and later. */
export const jest = {
  name: 'jest',
  language: 'javascript',
  source: 'reporter',
  imports: importOf('@jest/globals'),
  detect(view) {
    const [config] = codeFiles(view, ['jest.config'])
    return config ?? namedIn(view, 'jest')
  },
  isTest: file => isNamedTest(file) || (isInTestFolder(file) && file.includes('__tests__/')),
  testPatterns: '*.test.js, *.spec.js or anything in __tests__ (also .ts, .mjs, .cjs, .jsx, .tsx)',
  configuration: configurationFiles,
  manifestKeys: ['scripts.test', 'jest', 'babel', 'type', 'imports'],
  snapshots: snapshotBeside,
  command(request) {
    const installed = findInstalled(request.cwd, 'jest')
    if (installed === undefined) return undefined
    return {
      argv: [process.execPath, installed.entry, ...flags(), ...selection(request)],
      env: { [REPORT_VARIABLE]: request.report },
    }
  },
  install: 'Install jest in the package: npm install --save-dev jest.',
  ended: ENDED.announced,
  parse: readEvents,
} satisfies Framework

function flags(): string[] {
  return [
    '--ci',
    '--reporters=default',
    `--reporters=${reporterPath('jest', 'cjs')}`,
    '--colors=false',
    '--coverage=false',
    '--watchAll=false',
    '--passWithNoTests=false',
    // A run that stops at the first failure leaves the other tests without a result.
    '--bail=0',
  ]
}

function selection(request: TestRequest): string[] {
  const names = request.names.map(name => namePattern(name, `(?:${BLANK}>)?${BLANK}`)).join('|')
  const named = names === '' ? [] : [`--testNamePattern=^(?:${BLANK})?(?:${names})(?:${BLANK})?$`]
  return request.files.length === 0 ? named : [...named, '--runTestsByPath', ...request.files]
}

function configurationFiles(view: PackageView): string[] {
  const stems = ['jest.config', 'jest.setup', 'setupTests', 'src/setupTests', 'babel.config']
  return [...codeFiles(view, stems), ...['jest.config.json', '.babelrc'].filter(view.exists)]
}
