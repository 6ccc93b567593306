import path from 'node:path'
import type { Framework, PackageView, TestRequest } from '../framework.ts'
import { findInstalled } from '../installed.ts'
import { importPattern, findInManifest } from '../manifest.ts'
import { reporterPath } from '../package-root.ts'
import { REPORT_VARIABLE } from '../reporters/writer.ts'
import { readEvents } from '../reports/events.ts'
import { SPACE, namePattern } from '../reports/names.ts'
import { commandAsInScript, scriptOptions, scriptTargets } from '../test-script/script-command.ts'
import { codeFiles, isNamedTest } from './javascript.ts'

/** Playwright Test 1.40 and later. */
export const playwright = {
  name: 'playwright test',
  language: 'javascript',
  source: 'reporter',
  imports: importPattern('@playwright/test'),
  detect(view) {
    const [config] = codeFiles(view, ['playwright.config'])
    return config ?? findInManifest(view, 'playwright', '@playwright/test')
  },
  isTest: isNamedTest,
  testPatterns: '*.spec.ts or *.test.ts (also .js, .mjs, .cjs, .tsx, .jsx)',
  configuration: (view: PackageView) => codeFiles(view, ['playwright.config']),
  manifestKeys: ['type', 'imports'],
  snapshots: () => [],
  command(request) {
    const installed = findInstalled(request.cwd, '@playwright/test', 'playwright')
    if (installed === undefined) return undefined
    const own = [...scriptOptions(request), ...flags(request), ...selection(request)]
    return commandAsInScript(request, {
      words: [installed.entry, 'test', ...own],
      env: { [REPORT_VARIABLE]: request.report },
    })
  },
  listing: request => {
    const entry = findInstalled(request.cwd, '@playwright/test', 'playwright')?.entry
    if (entry === undefined) return undefined
    const words = [entry, 'test', ...scriptOptions(request), '--list', '--reporter=list']
    return commandAsInScript(request, { words, env: {} }).argv
  },
  install: 'Install @playwright/test in the package: npm install --save-dev @playwright/test.',
  parse: readEvents,
} satisfies Framework

function flags({ report }: TestRequest): string[] {
  return [
    `--reporter=list,${reporterPath('playwright', 'cjs')}`,
    `--output=${path.join(path.dirname(report), 'results')}`,
    '--forbid-only',
    // A test that only passes when it is repeated counts as failed.
    '--retries=0',
    '--max-failures=0',
    '--update-snapshots=none',
  ]
}

/** Playwright treats file arguments as regular expressions. */
function selection(request: TestRequest): string[] {
  const { files, names } = request
  const exact = files.map(file => `^${file.replace(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`)}$`)
  const paths = files.length > 0 ? exact : scriptTargets(request)
  if (names.length === 0) return paths
  const titles = names.map(name => name.replace(/^\[[^\]]*\] > /, ''))
  const pattern = titles.map(name => namePattern(name, `(?:${SPACE}>)?${SPACE}`)).join('|')
  return [`--grep=${SPACE}(?:${pattern})$`, ...paths]
}
