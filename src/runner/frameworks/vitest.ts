import process from 'node:process'
import type { Framework, PackageView, TestRequest } from '../framework.ts'
import { findInstalled } from '../installed.ts'
import { importOf, namedIn } from '../manifest.ts'
import { reporterPath } from '../package-root.ts'
import { REPORT_VARIABLE } from '../reporters/writer.ts'
import { readEvents } from '../reports/events.ts'
import { BLANK, namePattern } from '../reports/names.ts'
import { codeFiles, isNamedTest, snapshotBeside } from './javascript.ts'

/** Vitest 3 to 5. */
export const vitest = {
  name: 'vitest',
  language: 'javascript',
  source: 'reporter',
  imports: importOf('vitest'),
  detect(view) {
    const config = configurationFiles(view).find(file => file.startsWith('vitest.'))
    return config ?? namedIn(view, 'vitest')
  },
  isTest: isNamedTest,
  testPatterns: '*.test.ts or *.spec.ts (also .js, .mts, .cts, .mjs, .cjs, .tsx, .jsx)',
  configuration: configurationFiles,
  manifestKeys: ['scripts.test', 'vitest', 'type', 'imports'],
  snapshots: snapshotBeside,
  command(request) {
    const installed = findInstalled(request.cwd, 'vitest')
    if (installed === undefined) return undefined
    return {
      argv: [process.execPath, installed.entry, 'run', ...flags(), ...selection(request)],
      env: { [REPORT_VARIABLE]: request.report },
    }
  },
  install: 'Install vitest in the package: npm install --save-dev vitest.',
  parse: readEvents,
} satisfies Framework

function flags(): string[] {
  return [
    '--reporter=default',
    `--reporter=${reporterPath('vitest')}`,
    '--no-color',
    '--coverage.enabled=false',
    '--passWithNoTests=false',
    // `.only` is an error under any configuration: it would take the other tests out of the run.
    '--allowOnly=false',
    // A run that stops at the first failure leaves the other tests without a result.
    '--bail=0',
  ]
}

function selection(request: TestRequest): string[] {
  if (request.names.length === 0) return request.files
  // Vitest 3 and 4 match `suite test` with a blank before it, Vitest 5 matches `suite > test`.
  const names = request.names.map(name => namePattern(name, `(?: >)?${BLANK}`)).join('|')
  return [`--testNamePattern=^(?:${BLANK})?(?:${names})(?:${BLANK})?$`, ...request.files]
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
