import process from 'node:process'
import type { Framework, TestRequest } from '../framework.ts'
import { importPattern, scriptOf } from '../manifest.ts'
import { reporterPath } from '../package-root.ts'
import { REPORT_VARIABLE } from '../reporters/writer.ts'
import { readEvents } from '../reports/events.ts'
import { SPACE, namePattern } from '../reports/names.ts'

/** The built-in test runner of Node. */
export const nodeTest = {
  name: 'node:test',
  language: 'javascript',
  source: 'reporter',
  imports: importPattern('node:test'),
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
    : `*.test.js, *-test.js, *_test.js, test-*.js, test.js or anything in a test folder (also .mjs and .cjs; .ts needs Node 22.18 or later, and this is Node ${process.versions.node})`,
  configuration: () => [],
  manifestKeys: ['scripts.test', 'type', 'imports'],
  snapshots: file => [`${file}.snapshot`],
  command(request) {
    return {
      argv: [process.execPath, '--test', ...reporters(), ...selection(request)],
      env: { [REPORT_VARIABLE]: request.report },
    }
  },
  install: 'The test runner is part of Node. Nothing has to be installed.',
  parse: readEvents,
} satisfies Framework

// The spec reporter prints the results for humans. The redgreen reporter prints nothing.
function reporters(): string[] {
  return [
    '--test-reporter=spec',
    '--test-reporter-destination=stdout',
    `--test-reporter=${reporterPath('node-test')}`,
    '--test-reporter-destination=stderr',
  ]
}

function selection(request: TestRequest): string[] {
  // Node does not say to which file a test in an imported helper belongs. It is clear if files run one after the other.
  const order = request.files.length > 0 ? ['--test-concurrency=1'] : []
  return [...order, ...patterns(request.names), ...request.files]
}

/**
 * Node matches the names of suites too and then runs everything in them, so the patterns must not match suites. A test's own
 * name may contain ` > `, so every possible end of the full name is tried. Subtests (`t.test`) cannot be selected by name.
 */
function patterns(names: string[]): string[] {
  const parts = new Set(names.flatMap(name => endsOf(name.split(' > '))))
  return [...parts].map(
    part =>
      `--test-name-pattern=^(?:${SPACE})?${namePattern(part, `${SPACE}>${SPACE}`)}(?:${SPACE})?$`,
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
