import process from 'node:process'
import type { Framework, TestRequest } from '../framework.ts'
import { importOf, scriptOf } from '../manifest.ts'
import { reporterPath } from '../package-root.ts'
import { REPORT_VARIABLE } from '../reporters/writer.ts'
import { readEvents } from '../reports/events.ts'
import { BLANK, namePattern } from '../reports/names.ts'

/** The test runner that is part of Node. */
export const nodeTest = {
  name: 'node:test',
  language: 'javascript',
  source: 'reporter',
  imports: importOf('node:test'),
  detect(view) {
    const script = ['test', 'test:unit', 'unit'].find(name =>
      /\bnode\b[^&|;]*\s--test(?:\s|$)/.test(scriptOf(view, name) ?? ''),
    )
    return script === undefined
      ? undefined
      : `node --test in the script "${script}" of package.json`
  },
  isTest: file => PATTERN.test(file) && !/(?:^|\/)node_modules\//.test(file),
  testPatterns: stripsTypes()
    ? '*.test.js, *-test.js, *_test.js, test-*.js, test.js or anything in a test folder (also .mjs, .cjs, .ts, .mts, .cts)'
    : `*.test.js, *-test.js, *_test.js, test-*.js, test.js or anything in a test folder (also .mjs and .cjs; Node ${process.versions.node} does not run .ts, later ones than 22.18 do)`,
  configuration: () => [],
  manifestKeys: ['scripts.test', 'type', 'imports'],
  snapshots: file => [`${file}.snapshot`],
  command(request) {
    return {
      argv: [process.execPath, '--test', ...reporters(), ...selection(request)],
      env: { [REPORT_VARIABLE]: request.report },
    }
  },
  install: 'Node itself runs these tests; nothing has to be installed.',
  parse: readEvents,
} satisfies Framework

// `--test-reporter=spec` is there to be read by people; ours prints nothing.
function reporters(): string[] {
  return [
    '--test-reporter=spec',
    '--test-reporter-destination=stdout',
    `--test-reporter=${reporterPath('node-test')}`,
    '--test-reporter-destination=stderr',
  ]
}

function selection(request: TestRequest): string[] {
  // Node does not say which file a test of an imported helper belongs to; one file after the other, it is clear.
  const order = request.files.length > 0 ? ['--test-concurrency=1'] : []
  return [...order, ...patterns(request.names), ...request.files]
}

/**
 * Node matches a test by its own name and runs everything inside a suite that matches, so suites must not. A name may
 * itself hold ` > `: every end of the path is tried. Inner tests of a test (`t.test`) cannot be chosen this way.
 */
function patterns(names: string[]): string[] {
  const parts = new Set(names.flatMap(name => endsOf(name.split(' > '))))
  return [...parts].map(
    part =>
      `--test-name-pattern=^(?:${BLANK})?${namePattern(part, `${BLANK}>${BLANK}`)}(?:${BLANK})?$`,
  )
}

function endsOf(parts: string[]): string[] {
  return parts.map((_, from) => parts.slice(from).join(' > '))
}

function stripsTypes(): boolean {
  return Boolean(Reflect.get(process.features, 'typescript'))
}

const ENDING = stripsTypes() ? String.raw`\.[cm]?[jt]s` : String.raw`\.[cm]?js`
const PATTERN = new RegExp(
  String.raw`(?:^|/)(?:[^/]+[._-]test|test-[^/]+|test|test/(?:.+/)?[^/]+)${ENDING}$`,
)
