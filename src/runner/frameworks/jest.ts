import type { Framework, PackageView, TestRequest } from '../framework.ts'
import { coverageFolder, enforcesCoverage } from '../coverage-threshold.ts'
import { findInstalled } from '../installed.ts'
import { importPattern, findInManifest } from '../manifest.ts'
import { reporterPath } from '../package-root.ts'
import { REPORT_VARIABLE } from '../reporters/writer.ts'
import { FINISHED_TEST } from '../reports/finished-tests.ts'
import { readEvents } from '../reports/events.ts'
import { SPACE, namePattern } from '../reports/names.ts'
import { commandAsInScript, scriptOptions, scriptTargets } from '../test-script/script-command.ts'
import { codeFiles, isInTestFolder, isNamedTest, snapshotBeside } from './javascript.ts'

/** Jest 28 and later. */
export const jest = {
  name: 'jest',
  language: 'javascript',
  source: 'reporter',
  findsRelated: true,
  imports: importPattern('@jest/globals'),
  detect(view) {
    const [config] = codeFiles(view, ['jest.config'])
    return config ?? findInManifest(view, 'jest')
  },
  isTest: file => isNamedTest(file) || (isInTestFolder(file) && file.includes('__tests__/')),
  testPatterns: '*.test.js, *.spec.js or anything in __tests__ (also .ts, .mjs, .cjs, .jsx, .tsx)',
  configuration: configurationFiles,
  manifestKeys: ['scripts.test', 'jest', 'babel', 'type', 'imports'],
  snapshots: snapshotBeside,
  command(request) {
    const installed = findInstalled(request.cwd, 'jest')
    if (installed === undefined) return undefined
    return commandAsInScript(request, {
      words: [
        installed.entry,
        ...scriptOptions(request, measures(request)),
        ...flags(request),
        ...selection(request),
      ],
      env: { [REPORT_VARIABLE]: request.report },
    })
  },
  listing: request => {
    const entry = findInstalled(request.cwd, 'jest')?.entry
    if (entry === undefined) return undefined
    const words = [entry, ...scriptOptions(request), '--listTests']
    return commandAsInScript(request, { words, env: {} }).argv
  },
  install: 'Install jest in the package: npm install --save-dev jest.',
  finishedTest: FINISHED_TEST.announced,
  parse: readEvents,
} satisfies Framework

/** A threshold only counts if the configuration or the script also measures coverage. */
function measures(request: TestRequest): boolean {
  return enforcesCoverage(request, {
    files: ['package.json', ...CONFIG_FILES],
    threshold: /coverageThreshold/,
    enabled: /collectCoverage["']?\s*:\s*true/,
  })
}

const CONFIG_FILES = ['js', 'ts', 'mjs', 'cjs', 'json'].map(ending => `jest.config.${ending}`)

function flags(request: TestRequest): string[] {
  return [
    '--ci',
    '--reporters=default',
    `--reporters=${reporterPath('jest', 'cjs')}`,
    '--colors=false',
    ...(measures(request)
      ? ['--coverage=true', `--coverageDirectory=${coverageFolder(request)}`]
      : ['--coverage=false']),
    '--watchAll=false',
    '--passWithNoTests=false',
    // If a run stopped at the first failure, other tests would have no result.
    '--bail=0',
  ]
}

function selection(request: TestRequest): string[] {
  const names = request.names.map(name => namePattern(name, `(?:${SPACE}>)?${SPACE}`)).join('|')
  const named = names === '' ? [] : [`--testNamePattern=^(?:${SPACE})?(?:${names})(?:${SPACE})?$`]
  if (request.related) return ['--findRelatedTests', ...request.related]
  return request.files.length === 0
    ? [...named, ...scriptTargets(request)]
    : [...named, '--runTestsByPath', ...request.files]
}

function configurationFiles(view: PackageView): string[] {
  const stems = ['jest.config', 'jest.setup', 'setupTests', 'src/setupTests', 'babel.config']
  return [...codeFiles(view, stems), ...DATA.filter(view.exists)]
}

const DATA = [
  'jest.config.json',
  'babel.config.json',
  '.babelrc',
  '.babelrc.json',
  '.babelrc.js',
  '.swcrc',
]
