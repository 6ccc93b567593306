import { jest } from '../../../src/runner/frameworks/jest.ts'
import { mocha } from '../../../src/runner/frameworks/mocha.ts'
import { nodeTest } from '../../../src/runner/frameworks/node-test.ts'
import { vitest } from '../../../src/runner/frameworks/vitest.ts'
import type { Stage } from './situation.ts'

const ESM = { 'package.json': '{"type":"module"}' }
const COMMONJS = { 'package.json': '{}' }

/** The tests of a runner that has `test` (or `it`) and an assertion library. */
function testsIn(head: string, one = 'test', assert = 'assert.equal'): Stage['tests'] {
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

const NODE_ASSERT = `import assert from 'node:assert'`

export const javascript: Stage[] = [
  {
    framework: vitest,
    files: ESM,
    test: 'test/it.test.mjs',
    id: 'test/it.test.mjs > adds',
    tests: testsIn(`import { test } from 'vitest'\n${NODE_ASSERT}`),
    module: 'vitest',
  },
  {
    framework: nodeTest,
    files: ESM,
    test: 'test/it.test.mjs',
    id: 'test/it.test.mjs > adds',
    tests: testsIn(`import test from 'node:test'\n${NODE_ASSERT}`),
  },
  {
    framework: jest,
    files: COMMONJS,
    test: 'test/it.test.js',
    id: 'test/it.test.js > adds',
    tests: testsIn(`const assert = { equal: (a, b) => expect(a).toBe(b) }`),
    module: 'jest',
  },
  {
    framework: mocha,
    files: ESM,
    test: 'test/it.test.mjs',
    id: 'test/it.test.mjs > adds',
    tests: testsIn(NODE_ASSERT, 'it'),
    module: 'mocha',
  },
]
