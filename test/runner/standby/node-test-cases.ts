import process from 'node:process'
import type { WarmCase } from './cases.ts'

export const TEST = 'test/it.test.js'

const HEAD = `import { after, afterEach, before, beforeEach, describe, test } from 'node:test'
import assert from 'node:assert/strict'
`

const tested = (body: string) => ({ [TEST]: HEAD + body })

export const PROJECT: Record<string, string> = {
  'src/it.js': `import { value } from './value.js'\nexport const it = () => value\n`,
  'src/value.js': 'export const value = 1\n',
  [TEST]: `${HEAD}import { it } from '../src/it.js'\ntest('x', () => assert.equal(it(), 2))\n`,
}

const PASSED = [`${TEST} > x: passed`]
const FAILED = [`${TEST} > x: failed (assertion)`]
const CODE = { 'src/value.js': 'export const value = 2\n' }
const scriptOf = (test: string) => ({
  'package.json': JSON.stringify({ type: 'module', scripts: { test } }),
})

/** What a test file can do. Some of it ends the process that runs the file, or the one that started that. */
const FILES: [string, string, string[]][] = [
  ['a test that throws', `test('x', () => { throw new Error('no') })`, ['x: failed (error)']],
  ['a file that throws when it is loaded', `throw new Error('no')`, [`${TEST}: `]],
  ['a syntax error', `test('x', () => {`, [`${TEST}: `]],
  ['a file without a test', `assert.ok(true)`, []],
  [
    'tests that are skipped, to do, or chosen',
    `test.skip('s', () => {}); test.todo('t'); test.only('x', () => {})`,
    ['s: skipped', 't: todo', 'x: passed'],
  ],
  [
    'subtests and suites',
    `describe('s', () => { test('x', async t => { await t.test('in', () => assert.equal(1, 2)) }) })`,
    ['s > x > in: failed (assertion)', 's > x: failed'],
  ],
  [
    'a test that reaches its time limit',
    `test('x', { timeout: 50 }, () => new Promise(done => setTimeout(done, 300)))`,
    ['x: failed (timeout)'],
  ],
  ['a promise that nobody settles', `test('x', () => new Promise(() => {}))`, ['x: failed']],
  ['a test that ends its process', `test('x', () => process.exit(0))`, []],
  ['a test that ends its process as failed', `test('x', () => process.exit(3))`, ['crashed']],
  [
    'a test that kills its process',
    `test('x', async () => { process.kill(process.pid, 'SIGKILL'); await new Promise(() => setInterval(() => {}, 9)) })`,
    ['crashed'],
  ],
  [
    'a test that kills the process that started it',
    `test('x', async () => { process.kill(process.ppid, 'SIGKILL'); await new Promise(() => setInterval(() => {}, 9)) })`,
    ['crashed'],
  ],
  [
    'an unhandled rejection',
    `test('x', async () => { Promise.reject(new Error('lost')); await new Promise(done => setTimeout(done, 20)) })`,
    ['x: failed (error)'],
  ],
  [
    'an error after the end of its test',
    `test('x', () => { setTimeout(() => { throw new Error('late') }, 5) }); test('y', () => new Promise(done => setTimeout(done, 50)))`,
    ['x: passed', 'y: passed', `${TEST}: The process exited`, 'late'],
  ],
  ['hooks that fail', `before(() => { throw new Error('no') }); test('x', () => {})`, ['x: ']],
  [
    'hooks of a suite that fail',
    `describe('s', () => { beforeEach(() => { throw new Error('no') }); test('x', () => {}) }); describe('t', () => { after(() => { throw new Error('no') }); test('y', () => {}) })`,
    ['s > x: errored (hook)', 't > y: passed'],
  ],
  [
    'what the process sees',
    `test('x', () => { console.log(JSON.stringify([process.argv, process.execArgv, process.cwd(), process.env.NODE_OPTIONS, process.env.REDGREEN_REPORT, typeof process.send, process.stdin.isTTY])); console.error('to stderr') })`,
    ['x: passed'],
  ],
  [
    'a test that prints much',
    `test('x', () => { for (let i = 0; i < 300; i++) console.log('y'.repeat(1000)) })`,
    ['x: passed'],
  ],
]

/** An experimental option in the test script, and what needs it. */
function experimental(option: string, files: Record<string, string>): [string, WarmCase] {
  const before = scriptOf(`node --test --experimental-${option} --no-warnings`)
  return [`the option ${option}`, { before, change: files, says: PASSED }]
}

/** These came with Node 22. */
const NEW_OPTIONS = [
  experimental('test-snapshots', {
    [`${TEST}.snapshot`]: 'exports[`x 1`] = `\n1\n`;\n',
    ...tested(`test('x', t => t.assert.snapshot(1))`),
  }),
  experimental('strip-types', {
    'src/typed.ts': 'export const typed: number = 1\n',
    ...tested(`import { typed } from '../src/typed.ts'\ntest('x', () => assert.equal(typed, 1))`),
  }),
  experimental('transform-types', {
    'src/typed.ts': 'export enum Typed { One = 1 }\n',
    ...tested(
      `import { Typed } from '../src/typed.ts'\ntest('x', () => assert.equal(Typed.One, 1))`,
    ),
  }),
]

export const CASES: [string, WarmCase][] = [
  experimental('test-module-mocks', {
    ...tested(
      `import { mock } from 'node:test'\ntest('x', async () => { mock.module('../src/it.js', { namedExports: { it: () => 2 } }); assert.equal((await import('../src/it.js')).it(), 2) })`,
    ),
  }),
  ...(Number.parseInt(process.versions.node, 10) >= 22 ? NEW_OPTIONS : []),
  ['a failing assertion', { says: FAILED }],
  ['code that makes the test pass', { change: CODE, says: PASSED }],
  [
    'code that breaks the test',
    { before: CODE, change: { 'src/value.js': 'export const value = 3' }, says: FAILED },
  ],
  ['a missing module', { change: { 'src/value.js': null }, says: [`${TEST}: `] }],
  [
    'a syntax error in the code',
    { change: { 'src/value.js': 'export const value =' }, says: [`${TEST}: `] },
  ],
  ...FILES.map(([name, body, says]): [string, WarmCase] => [name, { change: tested(body), says }]),
  ['an empty file', { change: { [TEST]: '' }, says: [], cold: true }],
  [
    'several files, of which one ends its process',
    {
      change: {
        ...CODE,
        'test/a.test.cjs': `require('node:test').test('a', () => process.exit(1))`,
        'test/b.test.mjs': `import { test } from 'node:test'\ntest('b', () => {})`,
      },
      files: ['test/b.test.mjs', TEST, 'test/a.test.cjs'],
      says: ['test/b.test.mjs > b: passed', ...PASSED, 'test/a.test.cjs: The process exited'],
    },
  ],
  [
    'a file whose name looks like a pattern',
    {
      change: { 'test/[a].test.js': `${HEAD}test('a', () => {})` },
      files: ['test/[a].test.js'],
      says: ['test/[a].test.js > a: passed'],
    },
  ],
  [
    'a package that becomes CommonJS',
    {
      change: {
        'package.json': '{}',
        [TEST]: `const { test } = require('node:test')\ntest('x', () => {})`,
      },
      says: PASSED,
    },
  ],
  [
    'options of the test script',
    {
      before: scriptOf('node --test --test-timeout=60000 --no-warnings'),
      change: CODE,
      says: PASSED,
    },
  ],
  [
    'a file that the test script loads first',
    {
      before: { ...scriptOf('node --import ./first.js --test'), 'first.js': '' },
      change: CODE,
      says: PASSED,
      cold: true,
    },
  ],
  [
    'another test script',
    {
      change: { ...CODE, ...scriptOf('node --test --test-timeout=60000') },
      says: PASSED,
      cold: true,
    },
  ],
  [
    'options of Node in the test script',
    { before: scriptOf('NODE_OPTIONS=--no-warnings node --test'), change: CODE, says: PASSED },
  ],
  [
    'a module that the test script loads by an option of Node',
    {
      before: { ...scriptOf('NODE_OPTIONS=--require=./first.cjs node --test'), 'first.cjs': '' },
      change: CODE,
      says: PASSED,
      cold: true,
    },
  ],
  ['another environment', { change: CODE, env: { OTHER: '1' }, says: PASSED, cold: true }],
  ['one test by its name', { change: CODE, names: ['x'], says: PASSED, cold: true }],
  [
    'more output than the limit',
    {
      change: tested(
        `test('x', async () => { for (let i = 0; i < 4000; i++) { console.log('y'.repeat(1000)); if (i % 100 === 0) await new Promise(done => setTimeout(done, 5)) } })`,
      ),
      maxOutputBytes: 100_000,
      says: ['output_limit'],
    },
  ],
  [
    'a test that never gives up the processor',
    { change: tested(`test('x', () => { for (;;); })`), timeoutMs: 4000, says: ['timed_out'] },
  ],
  [
    'a process that goes on after the tests',
    {
      change: tested(`setInterval(() => {}, 1000); test('x', () => {})`),
      timeoutMs: 4000,
      says: ['timed_out'],
    },
  ],
]
