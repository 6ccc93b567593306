import { describe, expect, test } from 'vitest'
import { literally, nodeTest } from '../../../src/runner/frameworks/node-test.ts'
import { projectWith, resultLines, runIn } from '../project.ts'

describe('node:test', () => {
  const FILE = 'test/it.test.mjs'
  const CJS = `const test = require('node:test')\n`
  const head = `import test, { describe } from 'node:test'; import assert from 'node:assert'\n`
  const run = (body: string, files: Record<string, string> = {}) =>
    runIn(projectWith({ [FILE]: head + body, ...files }), nodeTest, [FILE])

  test('a missing export is a load error that names the export and the module', async () => {
    const result = await run(`import { nope } from '../src/it.mjs'\ntest('x', () => nope())`, {
      'src/it.mjs': 'export const it = 1',
    })
    expect(result).toMatchObject({
      tests: [],
      loadErrors: [{ file: FILE, missing: 'nope', missingFrom: '../src/it.mjs' }],
    })
  })

  test('a missing CommonJS module is named', async () => {
    const root = projectWith({ 'test/c.test.cjs': `require('../src/gone')` })
    const result = await runIn(root, nodeTest, ['test/c.test.cjs'])
    expect(result.loadErrors).toMatchObject([{ file: 'test/c.test.cjs', missing: '../src/gone' }])
  })

  // Names that Windows does not allow are left out.
  test.each(['[id]', '[...all]', '(group)', 'a+(b)', '@x', 'a{b,c}', 'a]b', '!n', '[!a]', 'a b'])(
    'a file is found whose name has special characters: %s',
    async name => {
      const file = `test/${name}.test.mjs`
      const root = projectWith({ [file]: `${head}test('x', () => {})` })
      expect(resultLines(await runIn(root, nodeTest, [file]))).toEqual([`${file} > x: passed`])
    },
  )

  test('a name is a pattern only for later versions of Node', () => {
    expect(literally('app/[id]/a{b}?.test.js', '20.20.2')).toBe('app/[id]/a{b}?.test.js')
    expect(literally('app/[id]/a{b}?.test.js', '21.0.0')).toBe('app/[[]id]/a[z-${]b}[?].test.js')
  })

  test.each(['a!b', 'a{b', 'a{b,c}', '{1..3}'])(
    'no other file is run with one whose name has special characters: %s',
    async name => {
      const file = `test/${name}.test.mjs`
      const fails = `${head}test('y', () => assert.fail())`
      const others = ['a-b', 'ab', 'ac', 'azb', 'a$b', '1', 'a-b,c}', '-1..3}']
      const root = projectWith({
        [file]: `${head}test('x', () => {})`,
        ...Object.fromEntries(others.map(other => [`test/${other}.test.mjs`, fails])),
      })
      const outcome = await runIn(root, nodeTest, [file])
      expect([outcome.exitCode, ...resultLines(outcome)]).toEqual([0, `${file} > x: passed`])
    },
  )

  test('a file or folder whose name begins with a dash is not an option of Node', async () => {
    const root = projectWith({
      '-b.test.js': `${head}test('b', () => {})`,
      '--require=./evil/a.test.cjs': `${head}test('r', () => {})`.replace(/^.*\n/, CJS),
      'evil/a.test.cjs': `if (process.env.REDGREEN_REPORT) process.argv = process.argv.filter(word => !word.includes('z.test'))`,
      'test/z.test.mjs': `${head}test('z', () => assert.fail())`,
    })
    const outcome = await runIn(root, nodeTest)
    expect([outcome.end, ...resultLines(outcome).toSorted()]).toEqual([
      'complete',
      '--require=./evil/a.test.cjs > r: passed',
      '-b.test.js > b: passed',
      'test/z.test.mjs > z: failed (assertion)',
    ])
  })

  test('files without tests do not count as passed tests', async () => {
    const root = projectWith({ 'test/a.test.mjs': '', 'test/b.test.mjs': 'console.log(1)' })
    expect(await runIn(root, nodeTest)).toMatchObject({ end: 'complete', exitCode: 0, tests: [] })
  })

  test('tests that a helper defines belong to the file that imports it', async () => {
    const use = `import { shared } from './helper.mjs'; shared()`
    const root = projectWith({
      'test/helper.mjs': `import test from 'node:test'; export const shared = () => test('shared', () => {})`,
      'test/a.test.mjs': use,
      'test/b.test.mjs': use,
    })
    const result = await runIn(root, nodeTest, ['test/a.test.mjs', 'test/b.test.mjs'])
    expect(resultLines(result)).toEqual([
      'test/a.test.mjs > shared: passed',
      'test/b.test.mjs > shared: passed',
    ])
  })

  test('a test whose subtest fails has the reason of the subtest', async () => {
    const result = await run(
      `test('outer', async t => { await t.test('inner', () => assert.equal(1, 2)) })`,
    )
    expect(resultLines(result)).toEqual([
      `${FILE} > outer > inner: failed (assertion)`,
      `${FILE} > outer: failed (assertion)`,
    ])
  })

  test('an error while a suite is defined is reported', async () => {
    const result = await run(
      `describe('s', () => { test('q', () => {}); throw new Error('in suite') })`,
    )
    expect(resultLines(result)).toEqual([`${FILE} > s > q: errored (hook)`])
    expect(result.exitCode).toBe(1)
  })

  test('a failing todo test is a todo', async () => {
    const result = await run(`test('t', { todo: true }, () => assert.equal(1, 2))`)
    expect(resultLines(result)).toEqual([`${FILE} > t: todo`])
    expect(result.exitCode).toBe(0)
  })

  test('an error after the tests of a file is reported', async () => {
    const result = await run(
      `test('x', () => {}); setTimeout(() => { throw new Error('later boom') }, 50)`,
    )
    expect(result.exitCode).toBe(1)
    expect(JSON.stringify([result.loadErrors, result.unhandled, result.tests])).toContain(
      'later boom',
    )
  })
})
