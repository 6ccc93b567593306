import { ava } from '../../../src/runner/frameworks/ava.ts'
import { bun } from '../../../src/runner/frameworks/bun.ts'
import { deno } from '../../../src/runner/frameworks/deno.ts'
import { jest } from '../../../src/runner/frameworks/jest.ts'
import { mocha } from '../../../src/runner/frameworks/mocha.ts'
import { nodeTest } from '../../../src/runner/frameworks/node-test.ts'
import { playwright } from '../../../src/runner/frameworks/playwright.ts'
import { vitest } from '../../../src/runner/frameworks/vitest.ts'
import type { RunnerFixture } from './scenario.ts'

const ESM = { 'package.json': '{"type":"module"}' }
const COMMONJS = { 'package.json': '{}' }

/** The tests for a runner with a function such as `test` or `it` and an assertion library. */
function testsIn(head: string, one = 'test', assert = 'assert.equal'): RunnerFixture['tests'] {
  return {
    fails: `${head}\n${one}('adds', () => { ${assert}(1 + 1, 3) })\n`,
    passes: `${head}\n${one}('adds', () => { ${assert}(1 + 1, 2) })\n`,
    broken: `${head}\n${one}('adds', () => { ${assert}(1 + 1, ) ) })\n`,
    empty: '\n',
    skipped: `${head}\n${one}.skip('adds', () => { ${assert}(1 + 1, 3) })\n`,
    hangs: `${head}\n${one}('adds', () => { for (;;); })\n`,
    crashes: `${head}\n${one}('adds', () => { process.kill(process.pid, 'SIGKILL') })\n`,
  }
}

/** Two tests: `adds` passes, `adds more` fails. */
function twoIn(head: string, one = 'test', assert = 'assert.equal', given = ''): string {
  const test = (name: string, sum: number) =>
    `${one}('${name}', (${given}) => { ${assert}(1 + 1, ${sum}) })\n`
  return `${head}\n${test('adds', 2)}${test('adds more', 3)}`
}

const NODE_ASSERT = `import assert from 'node:assert'`

export const javascript: RunnerFixture[] = [
  {
    framework: vitest,
    files: ESM,
    test: 'test/it.test.mjs',
    id: 'test/it.test.mjs > adds',
    tests: testsIn(`import { test } from 'vitest'\n${NODE_ASSERT}`),
    named: twoIn(`import { test } from 'vitest'\n${NODE_ASSERT}`),
    slow: true,
    module: 'vitest',
  },
  {
    framework: nodeTest,
    files: ESM,
    test: 'test/it.test.mjs',
    id: 'test/it.test.mjs > adds',
    tests: testsIn(`import test from 'node:test'\n${NODE_ASSERT}`),
    named: twoIn(`import test from 'node:test'\n${NODE_ASSERT}`),
  },
  {
    framework: jest,
    files: COMMONJS,
    test: 'test/it.test.js',
    id: 'test/it.test.js > adds',
    tests: testsIn(`const assert = { equal: (a, b) => expect(a).toBe(b) }`),
    named: twoIn(`const assert = { equal: (a, b) => expect(a).toBe(b) }`),
    module: 'jest',
  },
  {
    framework: mocha,
    files: ESM,
    test: 'test/it.test.mjs',
    id: 'test/it.test.mjs > adds',
    tests: testsIn(NODE_ASSERT, 'it'),
    named: twoIn(NODE_ASSERT, 'it'),
    slow: true,
    module: 'mocha',
  },
  {
    framework: ava,
    files: ESM,
    test: 'test/it.test.mjs',
    id: 'test/it.test.mjs > adds',
    tests: {
      ...testsIn(`import test from 'ava'`, 'test', 't.is'),
      fails: `import test from 'ava'\ntest('adds', t => { t.is(1 + 1, 3) })\n`,
      passes: `import test from 'ava'\ntest('adds', t => { t.is(1 + 1, 2) })\n`,
      skipped: `import test from 'ava'\ntest.skip('adds', t => { t.is(1 + 1, 3) })\n`,
    },
    named: twoIn(`import test from 'ava'`, 'test', 't.is', 't'),
    slow: true,
    module: 'ava',
    hangTimeoutMs: 5000,
  },
  {
    framework: bun,
    files: ESM,
    test: 'test/it.test.mjs',
    id: 'test/it.test.mjs > adds',
    tests: testsIn(`import { test } from 'bun:test'\n${NODE_ASSERT}`),
    named: twoIn(`import { test } from 'bun:test'\n${NODE_ASSERT}`),
    module: 'bun',
  },
  {
    framework: deno,
    files: { 'deno.json': '{}' },
    test: 'test/it_test.mjs',
    id: 'test/it_test.mjs > adds',
    tests: {
      ...testsIn(`import process from 'node:process'\n${NODE_ASSERT}`, 'Deno.test'),
      skipped: `Deno.test.ignore('adds', () => {})\n`,
    },
    named: twoIn(NODE_ASSERT, 'Deno.test'),
    module: 'deno',
  },
  {
    framework: playwright,
    files: ESM,
    test: 'test/it.spec.mjs',
    id: 'test/it.spec.mjs > adds',
    tests: testsIn(`import { test } from '@playwright/test'\n${NODE_ASSERT}`),
    named: twoIn(`import { test } from '@playwright/test'\n${NODE_ASSERT}`),
    slow: true,
    module: '@playwright/test',
    hangTimeoutMs: 5000,
  },
]
