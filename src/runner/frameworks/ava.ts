import process from 'node:process'
import type { Ending, Framework, PackageView, Report, TestRequest } from '../framework.ts'
import { findInstalled } from '../installed.ts'
import { importOf, namedIn } from '../manifest.ts'
import { readTap } from '../reports/tap.ts'
import { notLoaded } from '../reports/not-loaded.ts'
import { codeFiles, isInTestFolder, isNamedTest } from './javascript.ts'
import { ENDED } from '../reports/count.ts'

/** AVA 4 and later. Its machine report is TAP, which names no files. */
export const ava = {
  name: 'ava',
  language: 'javascript',
  source: 'stdout',
  imports: importOf('ava'),
  detect(view) {
    const config = ['ava.config.js', 'ava.config.cjs', 'ava.config.mjs'].find(view.exists)
    return config ?? namedIn(view, 'ava')
  },
  isTest: file =>
    isNamedTest(file) || isInTestFolder(file) || /(?:^|\/)test[^/]*\.[cm]?js$/.test(file),
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
      ...request.names.map(name => `--match=${matching(name)}`),
    ]
    return { argv: [process.execPath, installed.entry, ...flags, ...request.files], env: {} }
  },
  install: 'Install ava in the package: npm install --save-dev ava.',
  split: ({ files, names }) => {
    const parts = files.map(file => ({ files: [file], names }))
    return parts.length > 0 ? parts : [{ files, names }]
  },
  ended: ENDED.tap,
  namesNoFiles: true,
  parse,
} satisfies Framework

/** AVA knows `*`, a `\` before it, and `!` in front as characters of patterns; `*` stands for each of them. */
function matching(name: string): string {
  return name.replace(/^!|\\/g, '*')
}

/** A file that breaks is told as points beyond an empty plan. */
function parse(text: string, request: TestRequest, ending: Ending): Report {
  const broken = /^not ok \d+ - (?!.*exited with a non-zero exit code)(.+)$/m.exec(text)
  if (ending.exitCode !== 0 && broken !== null && /^1\.\.0$/m.test(text))
    return notLoaded((broken[1] ?? '').replace(/^Error \[\w+\]: /, ''), text, request)
  const absent = /^not ok \d+ - (?:No tests found in|Couldn.t find any)/m.test(text)
  const report = readTap(text, request)
  return absent ? { ...report, complete: true, tests: [], unhandled: [] } : report
}
