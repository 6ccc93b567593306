import path from 'node:path'
import process from 'node:process'
import type { Framework, TestRequest } from '../framework.ts'
import { importPattern, scriptOf } from '../manifest.ts'
import { reporterPath } from '../package-root.ts'
import { REPORT_VARIABLE } from '../reporters/writer.ts'
import { readEvents } from '../reports/events.ts'
import { SPACE, namePattern } from '../reports/names.ts'
import { globPattern, isGlob } from '../glob.ts'
import { listFiles } from '../list-files.ts'
import { standbyOfNodeTest } from './node-test-standby.ts'
import { commandAsInScript, scriptOptions, scriptTargets } from '../test-script/script-command.ts'

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
    return commandAsInScript(request, {
      words: [...options(request), ...selection(request)],
      env: { [REPORT_VARIABLE]: request.report },
    })
  },
  standby: request => standbyOfNodeTest(request, options(request), filesFor(request)),
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

function options(request: TestRequest): string[] {
  // Node does not say to which file a test in an imported helper belongs. It is clear if files run one after the other.
  const order = request.files.length > 0 ? ['--test-concurrency=1'] : []
  return ['--test', ...scriptOptions(request), ...reporters(), ...order]
}

function selection(request: TestRequest): string[] {
  return [...patterns(request.names), ...filesFor(request)]
}

/** Without files, Node 20 would also look into `.git`, where files come and go. */
function filesFor(request: TestRequest): string[] {
  if (request.files.length > 0) return request.files.map(file => literally(file))
  const targets = scriptTargets(request)
  const known = listFiles(request.cwd)
  const isTest = (file: string) => nodeTest.isTest(file) || isLoadedTest(request, file)
  const found =
    targets.length === 0 ? known.filter(isTest) : targets.flatMap(one => expand(one, known, isTest))
  const files = [...new Set(found)].map(file => literally(withoutDash(file, request)))
  return files.join(' ').length > MAX_CHARACTERS ? targets : files
}

/**
 * Node would read a name that begins with `-` as an option. From `./` it removes the `./`, and gives the rest to the process of the file.
 */
function withoutDash(file: string, { cwd }: TestRequest): string {
  return file.startsWith('-') ? path.join(cwd, file) : file
}

/**
 * The name of a file as an argument. Node 21 and later take it for a pattern, in which a special character stands for itself in brackets.
 * `[!]` would negate, and braces are expanded before brackets are read, but not after `$`. So these stand behind a range that is
 * empty, because `z` comes after `$`.
 */
export function literally(file: string, node = process.versions.node): string {
  if (Number.parseInt(node, 10) < 21) return file
  return file.replaceAll(/[[*?(+@{!]/g, one => (/[{!]/.test(one) ? `[z-$${one}]` : `[${one}]`))
}

/** What a program can take as arguments on every platform. */
const MAX_CHARACTERS = process.platform === 'win32' ? 30_000 : 1_000_000

function expand(
  target: string,
  known: readonly string[],
  isTest: (file: string) => boolean,
): string[] {
  if (isGlob(target)) {
    const pattern = globPattern(target)
    return known.filter(file => pattern.test(file))
  }
  const folder = path.posix.normalize(target).replace(/\/$/, '')
  const below = known.filter(file => folder === '.' || file.startsWith(`${folder}/`))
  return below.length === 0 ? [target] : below.filter(isTest)
}

/** With a loader such as tsx, files in TypeScript are tests too. */
function isLoadedTest({ script }: TestRequest, file: string): boolean {
  const isLoading = script?.loader ?? script?.options.some(({ name }) => LOADING.test(name))
  return Boolean(isLoading) && nodeTest.isTest(file.replace(/\.([cm]?)tsx?$/, '.$1js'))
}

const LOADING = /^(?:-r|--require|--import|--loader|--experimental-loader)$/

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
