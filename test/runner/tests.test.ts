import { describe, expect, test } from 'vitest'
import { mocha } from '../../src/runner/frameworks/mocha.ts'
import { nodeTest } from '../../src/runner/frameworks/node-test.ts'
import { vitest } from '../../src/runner/frameworks/vitest.ts'
import { projectWith, runIn, told } from './project.ts'

const SPOKEN = {
  vitest: {
    framework: vitest,
    head: `import { test, describe, beforeAll, beforeEach, afterAll, expect } from 'vitest'
const equal = (a, b) => expect(a).toBe(b)
const before = beforeAll, after = afterAll
`,
  },
  'node:test': {
    framework: nodeTest,
    head: `import { test, describe, before, beforeEach, after } from 'node:test'
import assert from 'node:assert'
const equal = assert.strictEqual
`,
  },
  mocha: {
    framework: mocha,
    head: `import assert from 'node:assert'
const equal = assert.strictEqual, describe = globalThis.describe, after = globalThis.after
const before = globalThis.before, beforeEach = globalThis.beforeEach
const test = (name, a, b) => b === undefined
  ? globalThis.it(name, a && (function () { return a({ skip: () => this.skip() }) }))
  : globalThis.it(name, b).timeout(a.timeout)
test.skip = globalThis.it.skip
test.todo = name => globalThis.it(name)
`,
  },
}

describe.each(Object.entries(SPOKEN))('%s', (name, { framework, head }) => {
  const FILE = 'test/it.test.mjs'
  const run = (body: string, more = {}) =>
    runIn(projectWith({ [FILE]: head + body }), framework, [FILE], more)

  test('passing tests are complete and exit with 0', async () => {
    const seen = await run(
      `describe('sums', () => { test('adds', () => {}) }); test('top', () => {})`,
    )
    expect(told(seen).sort()).toEqual([`${FILE} > sums > adds: passed`, `${FILE} > top: passed`])
    expect(seen).toMatchObject({ end: 'complete', exitCode: 0, loadErrors: [], unhandled: [] })
    expect(seen.framework).toMatch(new RegExp(`^${name} \\d+\\.\\d+\\.\\d+$`))
  })

  test('a failed assertion and another error are told apart', async () => {
    const seen = await run(`test('asserts', () => equal(1, 2)); test('throws', () => { nope.x })`)
    expect(told(seen)).toEqual([
      `${FILE} > asserts: failed (assertion)`,
      `${FILE} > throws: failed (error)`,
    ])
    expect(seen.tests[1]?.message).toContain('nope is not defined')
    expect(seen).toMatchObject({ end: 'complete', exitCode: name === 'mocha' ? 2 : 1 })
  })

  test('a syntax error is a load error without a missing module', async () => {
    const seen = await run(`test('x', () => { equal(1, ) ) })`)
    expect(seen.tests).toEqual([])
    expect(seen.loadErrors).toHaveLength(1)
    expect(seen.loadErrors[0]?.missing).toBeUndefined()
    expect(seen).toMatchObject({ end: 'complete', exitCode: 1, loadErrors: [{ file: FILE }] })
  })

  test('a missing module of the workspace is named as the test imports it', async () => {
    const seen = await run(`import { it } from '../src/new/thing.mjs'\ntest('x', () => it())`)
    expect(seen).toMatchObject({
      end: 'complete',
      tests: [],
      loadErrors: [{ file: FILE, missing: '../src/new/thing.mjs' }],
    })
  })

  test('a missing package is named', async () => {
    const seen = await run(`import x from 'not-there-at-all'\ntest('x', () => x())`)
    expect(seen.tests).toEqual([])
    expect(seen.loadErrors[0]?.missing).toBe('not-there-at-all')
  })

  test('an error at the top of the file is a load error with its message', async () => {
    const seen = await run(`throw new Error('top level boom')`)
    expect(seen).toMatchObject({ end: 'complete', tests: [], exitCode: 1 })
    expect(seen.loadErrors[0]?.message).toContain('top level boom')
  })

  test('an empty file has no tests', async () => {
    const root = projectWith({ [FILE]: '' })
    const seen = await runIn(root, framework, [FILE])
    expect(seen).toMatchObject({ end: 'complete', tests: [], loadErrors: [], unhandled: [] })
  })

  test('a file that does not exist is not run', async () => {
    const seen = await runIn(projectWith({}), framework, ['test/no.test.mjs'])
    expect(seen).toMatchObject({ end: 'complete', exitCode: null, tests: [], command: [] })
    expect(seen.loadErrors[0]).toMatchObject({ file: 'test/no.test.mjs' })
  })

  test('a name that no test has finds none', async () => {
    const seen = await run(`test('one', () => {})`, { names: ['two'] })
    expect(seen).toMatchObject({ end: 'complete', tests: [] })
  })

  test('named tests run alone, whatever characters their names have', async () => {
    const names = [
      `a+b (c) [d] "e" 'f' \\ $ ^ | {g}`,
      '-leading',
      'über > all',
      'line one line two',
    ]
    const seen = await run(
      `describe('s', () => {
        test(${JSON.stringify(names[0])}, () => {}); test('-leading', () => {})
        test('über > all', () => {}); test('line one\\n  line two', () => {})
        test('-leading more', () => equal(1, 2)) })
      test('other', () => equal(1, 2))`,
      { names: names.map(name => `s > ${name}`) },
    )
    expect(told(seen)).toEqual(names.map(name => `${FILE} > s > ${name}: passed`))
    expect(seen).toMatchObject({ exitCode: 0, end: 'complete' })
  })

  test('skipped and todo tests are no passes', async () => {
    const seen = await run(`test.skip('s', () => equal(1, 2)); test.todo('t')`)
    const todo = name === 'mocha' ? 'skipped' : 'todo'
    expect(told(seen)).toEqual([`${FILE} > s: skipped`, `${FILE} > t: ${todo}`])
  })

  test('a test that skips itself is skipped', async () => {
    const seen = await run(`test('s', t => { t.skip() })`)
    expect(told(seen)).toEqual([`${FILE} > s: skipped`])
  })

  test('a broken set-up hook takes its tests with it', async () => {
    const seen = await run(
      `describe('s', () => { before(() => { throw new Error('hook boom') }); test('x', () => {}) })`,
    )
    expect(told(seen)).toEqual([`${FILE} > s > x: errored (hook)`])
    expect(seen.exitCode).toBe(1)
  })

  test('a broken tear-down hook after passing tests does not go unseen', async () => {
    const seen = await run(
      `describe('s', () => { after(() => { throw new Error('after boom') }); test('x', () => {}) })`,
    )
    expect(told(seen)).toEqual([`${FILE} > s > x: passed`])
    // Node 22 exits with 0 all the same.
    expect(seen.unhandled).toEqual(['after boom'])
  })

  test('an unhandled rejection is seen', async () => {
    const seen = await run(
      `test('x', async () => { Promise.reject(new Error('late')); await new Promise(r => setTimeout(r, 50)) })`,
    )
    expect(seen.exitCode === 1 || seen.unhandled.length > 0).toBe(true)
    expect([...seen.unhandled, ...seen.tests.map(test => test.message)]).toContain('late')
  })

  test('exit(3) in a test never looks complete or passed', async () => {
    const seen = await run(`test('x', () => process.exit(3)); test('y', () => {})`)
    expect(seen.exitCode).toBe(name === 'mocha' ? 3 : 1)
    expect(`${seen.end} ${told(seen).join(' ')}`).toMatch(/crash/)
    expect(told(seen)).not.toContain(`${FILE} > x: passed`)
  })

  test('exit(0) in a test leaves it unproven', async () => {
    const seen = await run(`test('x', () => process.exit(0)); test('y', () => {})`)
    expect(told(seen)).not.toContain(`${FILE} > x: passed`)
  })

  test('exit(0) between two tests is a crash of the one that was running', async () => {
    const seen = await run(
      `test('x', () => {}); test('y', async () => { await new Promise(r => setTimeout(r, 200)); process.exit(0) })`,
    )
    expect(told(seen)).toEqual([`${FILE} > x: passed`, `${FILE} > y: errored (crash)`])
  })

  test('a killed test process is a crash', async () => {
    const seen = await run(`test('x', () => process.kill(process.pid, 'SIGKILL'))`)
    expect(seen).toMatchObject({ end: 'crashed' })
    expect(seen.exitCode).not.toBe(0)
    expect(seen.tests.filter(({ outcome }) => outcome !== 'errored')).toEqual([])
  })

  test('a test that waits for ever is timed out, by name', async () => {
    const seen = await run(
      `test('x', { timeout: 60_000 }, () => new Promise(() => { setInterval(() => {}, 1000) }))`,
      { timeoutMs: 2500 },
    )
    expect(seen.end).toBe('timed_out')
    expect(told(seen)).toEqual([`${FILE} > x: errored (timeout)`])
  })

  test('a test that blocks its process is timed out', async () => {
    const seen = await run(`test('x', () => { for (;;); })`, { timeoutMs: 2500 })
    expect(seen.end).toBe('timed_out')
  })

  test("the framework's own time limit is the test's failure", async () => {
    const seen = await run(
      `test('x', { timeout: 50 }, () => new Promise(r => setTimeout(r, 5000)))`,
    )
    expect(told(seen)).toEqual([`${FILE} > x: failed (timeout)`])
  })

  test('repeated and nested names get the same ids in every run', async () => {
    const body = `describe('a', () => { describe('b', () => { for (const n of [1, 2, 3]) test('dup', () => equal(n, 2)) }) })`
    const [first, second] = [await run(body), await run(body)]
    expect(told(first)).toEqual([
      `${FILE} > a > b > dup: failed (assertion)`,
      `${FILE} > a > b > dup #2: passed`,
      `${FILE} > a > b > dup #3: failed (assertion)`,
    ])
    expect(told(second)).toEqual(told(first))
  })

  test('the full suite is every file of the package', async () => {
    const text = `${head}test('x', () => {})`
    const root = projectWith({ 'test/a.test.mjs': text, 'test/b.test.mjs': text })
    const seen = await runIn(root, framework)
    expect(told(seen).sort()).toEqual([
      'test/a.test.mjs > x: passed',
      'test/b.test.mjs > x: passed',
    ])
  })

  test('ten thousand tests are told one by one', async () => {
    const seen = await run(`for (let n = 0; n < 10_000; n++) test('t' + n, () => {})`)
    expect(seen.tests).toHaveLength(10_000)
    expect(seen).toMatchObject({ end: 'complete', exitCode: 0 })
  })

  test('a test that writes into the report is caught', async () => {
    const seen = await run(`
      import fs from 'node:fs'; import os from 'node:os'; import path from 'node:path'
      const mine = () => fs.readdirSync(os.tmpdir()).filter(n => n.startsWith('redgreen-report-'))
        .map(n => path.join(os.tmpdir(), n, 'events'))
        .find(n => fs.existsSync(n) && fs.readFileSync(n, 'utf8').includes(import.meta.url.slice(8)))
      test('x', async () => {
        while (!mine()) await new Promise(r => setTimeout(r, 10))
        const report = mine()
        fs.appendFileSync(report, 'fake {"ev":"test","state":"passed"}\\n')
        if (fs.existsSync(report + '.key')) console.log('THE KEY IS STILL THERE')
      })`)
    expect(seen.output).not.toContain('THE KEY')
    expect(seen.end).toBe('crashed')
    expect(seen.unhandled[0]).toContain('a line that the reporter did not write')
  })

  test('the report is not named in the environment of a test', async () => {
    const seen = await run(`test('x', () => equal(process.env.REDGREEN_REPORT, undefined))`)
    expect(told(seen)).toEqual([`${FILE} > x: passed`])
  })

  test('tests are not turned off by what our own runner sets', async () => {
    process.env['NODE_TEST_CONTEXT'] = 'child-v8'
    const seen = await run(`test('x', () => equal(process.env.VITEST_POOL_ID === '77', false))`)
    delete process.env['NODE_TEST_CONTEXT']
    expect(seen.tests).toHaveLength(1)
  })
})
