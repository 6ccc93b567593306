import { existsSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { failedThreshold } from '../../../src/evidence/suite.ts'
import { jest } from '../../../src/runner/frameworks/jest.ts'
import { nodeModulesWith } from '../scenarios/installed.ts'
import { frameworks } from '../../../src/runner/frameworks/index.ts'
import type { Outcome } from '../../../src/evidence/outcome.ts'
import { projectWith, resultLines, runIn } from '../project.ts'

/** A project with this test script, and a function that runs its tests. */
function project(test: string, files: Record<string, string>, more = {}) {
  const manifest = { type: 'module', scripts: { test, ...more } }
  const root = projectWith({ 'package.json': JSON.stringify(manifest), ...files })
  return (name: string, ...named: string[]): Promise<Outcome> => {
    const framework = frameworks.find(one => one.name === name)
    if (!framework) throw new Error(`There is no framework ${name}.`)
    return runIn(root, framework, named)
  }
}

const sum = (expression: string) =>
  `import assert from 'node:assert/strict'\nit('adds', () => assert.equal(${expression}, 2))\n`
const nodeSum = (expression: string) => `import { test as it } from 'node:test'\n${sum(expression)}`

describe('tests run as the test script says', () => {
  it('with its folders, files to require and options, by mocha', async () => {
    const run = project('mocha --require ./setup.cjs --reporter dot test/ more/deep/', {
      'setup.cjs': 'globalThis.one = 1',
      'test/a.js': sum('one + 1'),
      'more/deep/b.js': sum('one + 1'),
      'other/c.js': sum('0'),
    })
    expect(resultLines(await run('mocha'))).toEqual([
      'test/a.js > adds: passed',
      'more/deep/b.js > adds: passed',
    ])
    expect(resultLines(await run('mocha', 'more/deep/b.js'))).toEqual([
      'more/deep/b.js > adds: passed',
    ])
  })

  it('with its variables, also those of Node', async () => {
    const run = project('KIND=odd NODE_OPTIONS="--import ./setup.js" mocha test', {
      'setup.js': 'globalThis.one = 1',
      'test/a.js': sum('process.env.KIND === "odd" ? one + 1 : 0'),
    })
    expect(resultLines(await run('mocha', 'test/a.js'))).toEqual(['test/a.js > adds: passed'])
  })

  it('with its loader and its patterns, by Node', async () => {
    const run = project('node --import ./setup.js --test "src/**/*_check.js" test', {
      'setup.js': 'globalThis.one = 1',
      'src/a/odd_check.js': nodeSum('one + 1'),
      'test/even.js': nodeSum('one + 1'),
      'src/b.test.js': nodeSum('0'),
    })
    expect(resultLines(await run('node:test'))).toEqual([
      'src/a/odd_check.js > adds: passed',
      'test/even.js > adds: passed',
    ])
  })

  it('by Node without files, outside of the folders of git and of this server', async () => {
    const run = project('node --test', {
      'test/a.js': nodeSum('2'),
      '.git/b.test.js': nodeSum('0'),
      '.redgreen/local/c.test.js': nodeSum('0'),
    })
    expect(resultLines(await run('node:test'))).toEqual(['test/a.js > adds: passed'])
  })

  it('with its configuration and its project, by vitest', async () => {
    const test = `import { it } from 'vitest'\n${sum('Number(process.env.ONE) + 1')}`
    const config = `export default { test: { projects: [
      { test: { name: 'unit', include: ['src/*.js'], env: { ONE: '1' } } },
      { test: { name: 'slow', include: ['slow/*.js'] } } ] } }`
    const run = project('vitest run --config odd.config.js --project unit', {
      'odd.config.js': config,
      'src/a.js': test,
      'slow/b.js': test,
    })
    expect(resultLines(await run('vitest'))).toEqual(['src/a.js > adds: passed'])
    expect(resultLines(await run('vitest', 'src/a.js'))).toEqual(['src/a.js > adds: passed'])
  })

  it('after what the script runs before, for a single file too', async () => {
    const run = project(
      'npm run build && mocha test',
      {
        'build.mjs': `import fs from 'node:fs'; fs.writeFileSync('made.js', 'export const one = 1')`,
        'test/a.js': `import { one } from '../made.js'\n${sum('one + 1')}`,
      },
      { build: 'node build.mjs' },
    )
    expect(resultLines(await run('mocha', 'test/a.js'))).toEqual(['test/a.js > adds: passed'])
  })

  it('in each of its steps', async () => {
    const run = project('mocha one && mocha --require ./setup.cjs two', {
      'setup.cjs': 'globalThis.one = 1',
      'one/a.js': sum('globalThis.one ?? 2'),
      'two/b.js': sum('one + 1'),
    })
    expect(resultLines(await run('mocha'))).toEqual([
      'one/a.js > adds: passed',
      'two/b.js > adds: passed',
    ])
    expect(resultLines(await run('mocha', 'two/b.js'))).toEqual(['two/b.js > adds: passed'])
  })

  it('a build that fails is named', async () => {
    const run = project('node gone.mjs && mocha test', { 'test/a.js': sum('2') })
    expect((await run('mocha', 'test/a.js')).loadErrors).toMatchObject([{ file: 'test/a.js' }])
  })
})

describe('a coverage threshold', () => {
  const FILES = {
    'src/a.js': 'export const one = () => 1\nexport const two = () => {\n  return 2\n}\n',
    'test/a.test.js': `import { one } from '../src/a.js'\ntest('one', () => { if (one() !== 1) throw 1 })\n`,
  }

  it('of jest is in effect for the suite only', async ({ skip }) => {
    const modules = nodeModulesWith('jest') ?? skip('jest is not installed')
    const manifest = {
      type: 'module',
      scripts: { test: 'NODE_OPTIONS=--experimental-vm-modules jest --coverage' },
      jest: { transform: {}, coverageThreshold: { global: { functions: 99 } } },
    }
    const root = projectWith({ 'package.json': JSON.stringify(manifest), ...FILES }, modules)
    expect(await runIn(root, jest, ['test/a.test.js'])).toMatchObject({
      end: 'complete',
      exitCode: 0,
    })
    const suite = await runIn(root, jest)
    expect(suite).toMatchObject({ end: 'complete', exitCode: 1, tests: [{ outcome: 'passed' }] })
    expect(failedThreshold(suite)).toMatch(/coverage.* functions.*99%/i)
    expect(existsSync(path.join(root, 'coverage'))).toBe(false)
  })
})

it.for([
  ['FAIL Required test coverage of 99% not reached. Total coverage: 80.00%'],
  ['ERROR: Coverage for lines (50%) does not meet global threshold (90%)'],
  ['Jest: "global" coverage threshold for statements (90%) not met: 50%'],
  ['ERROR: Coverage failure: total of 50 is less than fail-under=99'],
  ['Error: 50.00% line coverage does not meet threshold of 90%.'],
])('a line about a threshold is found: %s', ([line = '']) => {
  expect(failedThreshold({ exitCode: 1, output: `a\n${line}\nb` })).toBe(line.replace(/\.$/, ''))
})
