import type { Run } from './warm-run.ts'

/** A change of a project while a test runner waits, and a run after it. */
export interface WarmCase extends Partial<Run> {
  /** Of the project when the runner starts, besides those of `PROJECT`. */
  before?: Record<string, string>
  /** Written while it waits; `null` deletes the file. */
  change?: Record<string, string | null>
  /**
   * What the run says about each test, about files that did not load, and about errors outside of tests; of a run that is not complete, how
   * it ended.
   */
  says: string[]
  /** A new process has to run it, because one that waits may say something else. */
  cold?: true
}

export const TEST = 'test/it.test.ts'

const HEAD = `import { describe, expect, test, vi } from 'vitest'\n`

const tested = (body: string) => ({ [TEST]: HEAD + body })
const config = (options: string) => ({
  'vitest.config.ts': `import { defineConfig } from 'vitest/config'\nexport default defineConfig({ test: { ${options} } })\n`,
})

/** The test imports code that imports other code. */
export const PROJECT: Record<string, string> = {
  'src/it.ts': `import { inner } from './inner.ts'\nexport const it = (): number => inner()\n`,
  'src/inner.ts': `import { value } from './value.ts'\nexport const inner = (): number => value\n`,
  'src/value.ts': 'export const value: number = 1\n',
  [TEST]: `${HEAD}import { it } from '../src/it.ts'\ntest('x', () => expect(it()).toBe(2))\n`,
}

const PASSED = [`${TEST} > x: passed`]
const FAILED = [`${TEST} > x: failed (assertion)`]
const CONFIG = config(`testTimeout: 5000`)
const CODE = { 'src/value.ts': 'export const value: number = 2\n' }

/** What a test finds in the working environment: each line is one way in which an earlier run could show. */
const POOLS = ['forks', 'threads', 'vmForks', 'vmThreads'].map((pool): [string, WarmCase] => [
  `the pool ${pool}`,
  { before: config(`pool: '${pool}'`), change: CODE, says: PASSED },
])

export const CASES: [string, WarmCase][] = [
  ['a failing assertion', { says: FAILED }],
  ['code that makes the test pass', { change: CODE, says: PASSED }],
  [
    'code that breaks the test',
    { before: CODE, change: { 'src/value.ts': 'export const value = 3' }, says: FAILED },
  ],
  [
    'a test that throws',
    {
      change: tested(`test('x', () => { throw new Error('no') })`),
      says: [`${TEST} > x: failed (error)`],
    },
  ],
  [
    'a file that throws when it is loaded',
    { change: tested(`throw new Error('no')`), says: [`${TEST}: no`] },
  ],
  ['a missing module', { change: { 'src/inner.ts': null }, says: [`${TEST}: `] }],
  [
    'a module that appears',
    {
      before: tested(
        `import { late } from '../src/late.ts'\ntest('x', () => expect(late).toBe(1))`,
      ),
      change: { 'src/late.ts': 'export const late = 1' },
      says: PASSED,
    },
  ],
  ['a syntax error in the test', { change: tested(`test('x', () => {`), says: [`${TEST}: `] }],
  [
    'a syntax error in the code',
    { change: { 'src/value.ts': 'export const value =' }, says: [`${TEST}: `] },
  ],
  ['an empty file', { change: { [TEST]: '' }, says: [], cold: true }],
  ['a file without a test', { change: tested(`expect(1).toBe(1)`), says: [] }],
  [
    'tests that are skipped, to do, or chosen',
    {
      change: tested(`test.skip('s', () => {}); test.todo('t'); test.only('o', () => {})`),
      says: [`${TEST} > s: skipped`, `${TEST} > t: todo`, `${TEST} > o: errored (hook)`],
    },
  ],
  [
    'a test that reaches its time limit',
    {
      before: config('testTimeout: 50'),
      change: tested(`test('x', () => new Promise(() => {}))`),
      says: [`${TEST} > x: failed (timeout)`],
    },
  ],
  [
    'a test that never gives up the processor',
    { change: tested(`test('x', () => { for (;;); })`), timeoutMs: 6000, says: ['timed_out'] },
  ],
  [
    'a test that ends the process',
    { change: tested(`test('x', () => process.exit(0))`), says: [`${TEST} > x: errored (crash)`] },
  ],
  [
    'an unhandled rejection',
    {
      change: tested(
        `test('x', async () => { Promise.reject(new Error('lost')); await new Promise(r => setTimeout(r, 20)) })`,
      ),
      says: [...PASSED, 'lost'],
    },
  ],
  [
    'more output than the limit',
    {
      change: tested(
        `test('x', async () => { for (let i = 0; i < 4000; i++) { console.log('y'.repeat(1000)); if (i % 100 === 0) await new Promise(r => setTimeout(r, 5)) } })`,
      ),
      maxOutputBytes: 100_000,
      says: ['output_limit'],
    },
  ],
  [
    'output of the configuration',
    {
      before: { 'vitest.config.ts': `console.log('from the configuration')\nexport default {}\n` },
      change: CODE,
      says: PASSED,
    },
  ],
  [
    'a snapshot that changes',
    {
      before: {
        ...tested(`test('x', () => expect(1).toMatchSnapshot())`),
        'test/__snapshots__/it.test.ts.snap':
          '// Vitest Snapshot v1, https://vitest.dev/guide/snapshot.html\n\nexports[`x 1`] = `1`;\n',
      },
      change: {
        'test/__snapshots__/it.test.ts.snap':
          '// Vitest Snapshot v1, https://vitest.dev/guide/snapshot.html\n\nexports[`x 1`] = `2`;\n',
      },
      says: [`${TEST} > x: failed (error)`],
    },
  ],
  [
    'a data file that changes',
    {
      before: {
        ...tested(
          `import { readFileSync } from 'node:fs'\ntest('x', () => expect(readFileSync('test/data.json', 'utf8')).toBe('2'))`,
        ),
        'test/data.json': '1',
      },
      change: { 'test/data.json': '2' },
      says: PASSED,
    },
  ],
  [
    'fake timers',
    {
      change: tested(
        `test('x', () => { vi.useFakeTimers({ now: 5 }); expect(Date.now()).toBe(5) })`,
      ),
      says: PASSED,
    },
  ],
  [
    'a mocked module',
    {
      change: tested(
        `import { it } from '../src/it.ts'\nvi.mock('../src/value.ts', () => ({ value: 2 }))\ntest('x', () => expect(it()).toBe(2))`,
      ),
      says: PASSED,
    },
  ],
  [
    'a code file that is renamed',
    {
      change: {
        'src/value.ts': null,
        'src/value2.ts': 'export const value = 2',
        'src/inner.ts': `import { value } from './value2.ts'\nexport const inner = () => value`,
      },
      says: PASSED,
    },
  ],
  [
    'a new test file',
    {
      change: { ...CODE, 'test/new.test.ts': PROJECT[TEST] ?? '' },
      files: ['test/new.test.ts'],
      says: [`test/new.test.ts > x: passed`],
    },
  ],
  [
    'several test files',
    {
      change: { 'test/new.test.ts': HEAD + `test('n', () => {})` },
      files: [TEST, 'test/new.test.ts'],
      says: [...FAILED, 'test/new.test.ts > n: passed'],
    },
  ],
  [
    'a file whose path is the end of another one',
    { change: { [`deep/${TEST}`]: HEAD + `test('d', () => {})` }, says: FAILED },
  ],
  [
    'a test by its name',
    {
      change: tested(
        `test('x', () => {}); test('xy', () => expect(1).toBe(2)); describe('s', () => { test('x', () => expect(1).toBe(2)) })`,
      ),
      names: ['x'],
      says: [...PASSED],
    },
  ],
  [
    'a test in a suite by its name',
    {
      change: tested(
        `test('x', () => expect(1).toBe(2)); describe('s', () => { test('x', () => {}) })`,
      ),
      names: ['s > x'],
      says: [`${TEST} > s > x: passed`],
    },
  ],
  ['a name that no test has', { names: ['nothing'], says: [] }],
  [
    'a test file that the configuration excludes',
    { before: config(`exclude: ['test/**']`), says: [] },
  ],
  [
    'a set-up file that changes',
    {
      before: {
        ...config(`setupFiles: ['./test/start.ts']`),
        ...tested(`test('x', () => expect(Reflect.get(globalThis, 'start')).toBe(2))`),
        'test/start.ts': `Reflect.set(globalThis, 'start', 1)`,
      },
      change: { 'test/start.ts': `Reflect.set(globalThis, 'start', 2)` },
      says: PASSED,
    },
  ],
  [
    'a global set-up that changes',
    {
      before: {
        ...config(`globalSetup: ['./test/global.ts']`),
        ...tested(`test('x', () => expect(process.env['GLOBAL']).toBe('2'))`),
        'test/global.ts': `export default () => { process.env.GLOBAL = '1' }`,
      },
      change: {
        'test/global.ts': `export default () => { process.env.GLOBAL = '2'; return () => console.log('torn down') }`,
      },
      says: PASSED,
    },
  ],
  ['modules that are shared', { before: config('isolate: false'), change: CODE, says: PASSED }],
  [
    'shared modules of several files',
    {
      before: config('isolate: false'),
      change: { 'test/new.test.ts': HEAD + `test('n', () => {})` },
      files: [TEST, 'test/new.test.ts'],
      says: [...FAILED, 'test/new.test.ts > n: passed'],
      cold: true,
    },
  ],
  [
    'variables of the environment',
    {
      change: tested(
        `test('x', () => expect([process.env['VITEST'], process.env['TEST'], process.env['NODE_ENV'], process.env['CI'], process.env['REDGREEN_REPORT'], process.env['NODE_CHANNEL_FD'], process.env['REDGREEN_RUN'] === undefined]).toEqual(['true', 'true', 'test', '1', undefined, undefined, false]))`,
      ),
      says: PASSED,
    },
  ],
  [
    'another environment of the server',
    {
      change: tested(`test('x', () => expect(process.env['OTHER']).toBe('1'))`),
      env: { OTHER: '1' },
      says: PASSED,
      cold: true,
    },
  ],
  ...POOLS,
  [
    'a configuration that changes',
    { before: CONFIG, change: config(`testTimeout: 1, include: []`), says: [], cold: true },
  ],
  ['a configuration that appears', { change: config(`include: []`), says: [], cold: true }],
  [
    'a configuration that is deleted',
    {
      before: config(`include: []`),
      change: { 'vitest.config.ts': null, ...CODE },
      says: PASSED,
      cold: true,
    },
  ],
  [
    'a file that the configuration imports',
    {
      before: {
        'vitest.config.ts': `export { default } from './tool/shared.ts'`,
        'tool/shared.ts': `export default { test: {} }`,
      },
      change: { 'tool/shared.ts': `export default { test: { include: [] } }` },
      says: [],
      cold: true,
    },
  ],
  [
    'a package.json that changes',
    {
      change: { 'package.json': '{"type":"module","description":"other"}' },
      says: FAILED,
      cold: true,
    },
  ],
  ['a lock file that changes', { change: { 'package-lock.json': '{}' }, says: FAILED, cold: true }],
  [
    'an .env file that changes',
    {
      change: {
        '.env': 'VITE_OTHER=1',
        ...tested(`test('x', () => expect(import.meta.env['VITE_OTHER']).toBe('1'))`),
      },
      says: PASSED,
      cold: true,
    },
  ],
  [
    'a tsconfig.json that changes',
    {
      change: { 'tsconfig.json': '{"compilerOptions":{"target":"es2022"}}' },
      says: FAILED,
      cold: true,
    },
  ],
  [
    'a static file that appears',
    {
      before: { 'public/one.txt': '1' },
      change: { 'public/two.txt': '2' },
      says: FAILED,
      cold: true,
    },
  ],
  [
    'a configuration that uses another plugin',
    {
      before: {
        'vitest.config.ts': `import { readdirSync } from 'node:fs'\nexport default { test: { exclude: readdirSync('skip') } }`,
        'skip/nothing': '',
      },
      says: FAILED,
      cold: true,
    },
  ],
  [
    'a folder of static files that appears',
    { change: { 'public/one.txt': '1' }, says: FAILED, cold: true },
  ],
  [
    'an option of the test script that loads a file',
    {
      before: {
        'package.json': JSON.stringify({
          type: 'module',
          scripts: { test: 'NODE_OPTIONS="--import ./tool/load.js" vitest run' },
        }),
        'tool/load.js': '',
      },
      says: FAILED,
      cold: true,
    },
  ],
  [
    'a configuration that ends the process',
    { before: { 'vitest.config.ts': `process.exit(3)` }, says: ['crashed'], cold: true },
  ],
  [
    'projects',
    {
      before: config(`projects: [{ test: { name: 'one', include: ['test/**'] } }]`),
      says: FAILED,
      cold: true,
    },
  ],
  [
    'type tests',
    { before: config(`typecheck: { enabled: true, checker: 'true' }`), says: FAILED, cold: true },
  ],
]
