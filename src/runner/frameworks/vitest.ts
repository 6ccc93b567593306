import type { Framework, PackageView, TestRequest } from '../framework.ts'
import { coverageFolder, enforcesCoverage } from '../coverage-threshold.ts'
import { findInstalled } from '../installed.ts'
import { importPattern, findInManifest } from '../manifest.ts'
import { reporterPath } from '../package-root.ts'
import { REPORT_VARIABLE } from '../reporters/writer.ts'
import { readEvents } from '../reports/events.ts'
import { SPACE, namePattern } from '../reports/names.ts'
import { commandAsInScript, scriptOptions, scriptTargets } from '../test-script/script-command.ts'
import { codeFiles, isNamedTest, snapshotBeside } from './javascript.ts'
import { standbyOfVitest } from './vitest-standby.ts'

/** Vitest 3 to 5. */
export const vitest = {
  name: 'vitest',
  language: 'javascript',
  source: 'reporter',
  findsRelated: true,
  imports: importPattern('vitest'),
  detect(view) {
    const config = configurationFiles(view).find(file => file.startsWith('vitest.'))
    return config ?? findInManifest(view, 'vitest')
  },
  isTest: isNamedTest,
  testPatterns: '*.test.ts or *.spec.ts (also .js, .mts, .cts, .mjs, .cjs, .tsx, .jsx)',
  configuration: configurationFiles,
  manifestKeys: ['scripts.test', 'vitest', 'type', 'imports'],
  snapshots: snapshotBeside,
  command(request) {
    const installed = findInstalled(request.cwd, 'vitest')
    if (installed === undefined) return undefined
    return commandAsInScript(request, {
      words: [installed.entry, ...options(request), ...selection(request)],
      env: { [REPORT_VARIABLE]: request.report },
    })
  },
  standby: request => standbyOfVitest(request, options(request), selection(request)),
  listing: request => {
    const entry = findInstalled(request.cwd, 'vitest')?.entry
    if (entry === undefined) return undefined
    const words = [entry, 'list', '--filesOnly', ...scriptOptions(request)]
    return commandAsInScript(request, { words, env: {} }).argv
  },
  install: 'Install vitest in the package: npm install --save-dev vitest.',
  parse: readEvents,
} satisfies Framework

function measures(request: TestRequest): boolean {
  return enforcesCoverage(request, {
    files: ['vitest.config', 'vite.config'].flatMap(stem =>
      ['ts', 'mts', 'js', 'mjs'].map(ending => `${stem}.${ending}`),
    ),
    threshold: /\bthresholds?\b/,
    enabled: /coverage\s*:[^]*?enabled\s*:\s*true/,
  })
}

function options(request: TestRequest): string[] {
  const command = request.related ? ['related', ...request.related, '--run'] : ['run']
  return [...command, ...scriptOptions(request, measures(request)), ...flags(request)]
}

function flags(request: TestRequest): string[] {
  return [
    '--reporter=default',
    `--reporter=${reporterPath('vitest')}`,
    '--no-color',
    ...(measures(request)
      ? ['--coverage.enabled=true', `--coverage.reportsDirectory=${coverageFolder(request)}`]
      : ['--coverage.enabled=false']),
    '--passWithNoTests=false',
    // `.only` would exclude other tests from the run, so it is an error whatever the project configures.
    '--allowOnly=false',
    // If a run stopped at the first failure, other tests would have no result.
    '--bail=0',
  ]
}

function selection(request: TestRequest): string[] {
  const targets = request.related ? [] : scriptTargets(request)
  if (request.names.length === 0) return targets
  // Vitest 3 and 4 match ` suite test` with a leading space, Vitest 5 matches `suite > test`.
  const names = request.names.map(name => namePattern(name, `(?: >)?${SPACE}`)).join('|')
  return [`--testNamePattern=^(?:${SPACE})?(?:${names})(?:${SPACE})?$`, ...targets]
}

const CONFIGURATION = [
  'vitest.config',
  'vite.config',
  'vitest.workspace',
  'vitest.projects',
  'vitest.setup',
  'setupTests',
  'src/setupTests',
  'test/setup',
  'tests/setup',
]

function configurationFiles(view: PackageView): string[] {
  const workspace = 'vitest.workspace.json'
  return [...codeFiles(view, CONFIGURATION), ...(view.exists(workspace) ? [workspace] : [])]
}
