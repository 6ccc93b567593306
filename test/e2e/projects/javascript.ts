import { manifest, threeTasks, type Shape } from './shape.ts'

const esm = (index: number) => (value: string) => `export const f${index} = () => ${value}\n`
const typed = (index: number) => (value: string) =>
  `export const f${index} = (): number => ${value}\n`
const cjs = (index: number) => (value: string) => `exports.f${index} = () => ${value}\n`

const jestTest = (index: number, module: string) =>
  `import { f${index} } from '${module}'\ntest('f${index}', () => expect(f${index}()).toBe(${index}))\n`
const nodeTest = (index: number, module: string, head = "import { test } from 'node:test'\n") =>
  `${head}import assert from 'node:assert/strict'\nimport { f${index} } from '${module}'\n` +
  `test('f${index}', () => assert.equal(f${index}(), ${index}))\n`

export const javascript: Shape[] = [
  {
    name: 'npm workspaces with different runners',
    modules: ['vitest', 'mocha'],
    byHand: ['npm', 'test'],
    files: {
      'package.json': manifest({
        workspaces: ['packages/*'],
        scripts: { test: 'npm test --workspaces' },
      }),
      'packages/a/package.json': manifest({
        name: 'a',
        type: 'module',
        scripts: { test: 'vitest run' },
      }),
      'packages/b/package.json': manifest({
        name: 'b',
        type: 'module',
        scripts: { test: 'mocha --ui tdd spec' },
      }),
      'packages/a/old.test.js': "import { test } from 'vitest'\ntest('old', () => {})\n",
      'packages/b/spec/old.js': "test('old', () => {})\n",
    },
    tasks: threeTasks(index => {
      const isA = index !== 2
      const folder = isA ? 'packages/a' : 'packages/b'
      return {
        code: `${folder}/src/f${index}.js`,
        test: isA ? `${folder}/f${index}.test.js` : `${folder}/spec/f${index}.js`,
        text: isA
          ? `import { test, expect } from 'vitest'\n${jestTest(index, `./src/f${index}.js`)}`
          : nodeTest(index, `../src/f${index}.js`, ''),
        source: esm(index),
      }
    }),
  },
  {
    name: 'pnpm monorepo whose root has a runner of its own',
    modules: ['vitest', 'mocha', 'jest'],
    byHand: ['npm', 'test'],
    files: {
      'package.json': manifest({
        scripts: { test: 'npm run test:root && npm --prefix packages/a test', 'test:root': 'jest' },
        devDependencies: { jest: '*' },
        jest: { testMatch: ['<rootDir>/tools/**/*.test.js'] },
      }),
      'pnpm-workspace.yaml': 'packages:\n  - "packages/*"\n',
      'tools/t.test.js': "test('tool', () => expect(1).toBe(1))\n",
      'packages/a/package.json': manifest({
        name: 'a',
        type: 'module',
        scripts: { test: 'vitest run' },
      }),
    },
    tasks: threeTasks(index => ({
      code: `packages/a/src/f${index}.js`,
      test: `packages/a/f${index}.test.js`,
      text: `import { test, expect } from 'vitest'\n${jestTest(index, `./src/f${index}.js`)}`,
      source: esm(index),
    })),
  },
  {
    name: 'jest with babel',
    modules: ['jest', '@babel/preset-env'],
    byHand: ['npm', 'test'],
    files: {
      'package.json': manifest({ scripts: { test: 'jest' }, devDependencies: { jest: '*' } }),
      'babel.config.json': '{"presets":[["@babel/preset-env",{"targets":{"node":"current"}}]]}',
    },
    tasks: threeTasks(index => ({
      code: `src/f${index}.js`,
      test: `src/__tests__/f${index}.js`,
      text: jestTest(index, `../f${index}.js`),
      source: esm(index),
    })),
  },
  {
    name: 'jest with ts-jest and a coverage threshold',
    modules: ['jest', 'ts-jest'],
    byHand: ['npm', 'test'],
    files: {
      'package.json': manifest({
        scripts: { test: 'jest --coverage' },
        devDependencies: { jest: '*' },
      }),
      'jest.config.js':
        "module.exports = { preset: 'ts-jest', coverageThreshold: { global: { lines: 90 } } }\n",
      'tsconfig.json':
        '{"compilerOptions":{"module":"commonjs","target":"es2022","strict":true,"skipLibCheck":true,"types":["jest"]}}',
    },
    tasks: threeTasks(index => ({
      code: `src/f${index}.ts`,
      test: `src/f${index}.test.ts`,
      text: jestTest(index, `./f${index}`),
      source: typed(index),
    })),
  },
  {
    name: 'jest with ES modules',
    modules: ['jest'],
    byHand: ['npm', 'test'],
    files: {
      'package.json': manifest({
        type: 'module',
        scripts: { test: 'NODE_OPTIONS=--experimental-vm-modules jest' },
        jest: { transform: {} },
      }),
    },
    tasks: threeTasks(index => ({
      code: `src/f${index}.js`,
      test: `test/f${index}.test.js`,
      text: jestTest(index, `../src/f${index}.js`),
      source: esm(index),
    })),
  },
  {
    name: 'mocha with options',
    modules: ['mocha'],
    byHand: ['npm', 'test'],
    files: {
      'package.json': manifest({
        scripts: {
          test: 'mocha --require ./test/support/env --reporter spec --check-leaks test/ test/acceptance/',
        },
      }),
      'test/support/env.js': "process.env.READY = 'yes'\nglobal.assert = require('assert')\n",
      'test/acceptance/old.js': "it('is ready', () => assert.equal(process.env.READY, 'yes'))\n",
    },
    tasks: threeTasks(index => ({
      code: `lib/f${index}.js`,
      test: index === 3 ? `test/acceptance/f${index}.js` : `test/f${index}.js`,
      text: `const { f${index} } = require('${index === 3 ? '../..' : '..'}/lib/f${index}')\nit('f${index}', () => assert.equal(f${index}(), ${index}))\n`,
      source: cjs(index),
    })),
  },
  {
    name: 'node --test with TypeScript',
    modules: ['tsx'],
    byHand: ['npm', 'test'],
    files: {
      'package.json': manifest({
        type: 'module',
        scripts: { test: 'node --import tsx --test test/*.test.ts' },
      }),
    },
    tasks: threeTasks(index => ({
      code: `src/f${index}.ts`,
      test: `test/f${index}.test.ts`,
      text: nodeTest(index, `../src/f${index}.ts`),
      source: typed(index),
    })),
  },
  {
    name: 'playwright test with its own pattern',
    modules: ['@playwright/test'],
    byHand: ['npm', 'test'],
    files: {
      'package.json': manifest({ type: 'module', scripts: { test: 'playwright test' } }),
      'playwright.config.js':
        "export default { testDir: 'e2e', testMatch: /.*_tests\\.js/, outputDir: '/tmp/redgreen-playwright-results' }\n",
    },
    tasks: threeTasks(index => ({
      code: `src/f${index}.js`,
      test: `e2e/f${index}_tests.js`,
      text: `import { test, expect } from '@playwright/test'\n${jestTest(index, `../src/f${index}.js`)}`,
      source: esm(index),
    })),
  },
]
