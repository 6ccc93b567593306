import { readdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import type { Outcome } from '../../src/evidence/outcome.ts'
import { mocha } from '../../src/runner/frameworks/mocha.ts'
import { nodeTest } from '../../src/runner/frameworks/node-test.ts'
import { vitest } from '../../src/runner/frameworks/vitest.ts'
import { isRunning } from '../kit/slow-test.ts'
import { projectWith, runIn, resultLines } from './project.ts'
import { runsSlowTests } from '../kit/slow.ts'

const RUNNERS = {
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

describe.each(Object.entries(RUNNERS))('%s', (name, { framework, head }) => {
  const FILE = 'test/it.test.mjs'
  const run = (body: string, more = {}) =>
    runIn(projectWith({ [FILE]: head + body }), framework, [FILE], more)

  test('passing tests are complete and exit with 0', async () => {
    const result = await run(
      `describe('sums', () => { test('adds', () => {}) }); test('top', () => {})`,
    )
    expect(resultLines(result).sort()).toEqual([
      `${FILE} > sums > adds: passed`,
      `${FILE} > top: passed`,
    ])
    expect(result).toMatchObject({ end: 'complete', exitCode: 0, loadErrors: [], unhandled: [] })
    expect(result.framework).toMatch(new RegExp(`^${name} \\d+\\.\\d+\\.\\d+$`))
  })

  test.runIf(process.platform === 'linux')(
    'a process that a test left behind is ended with the run',
    async () => {
      const body = `const { spawn } = await import('node:child_process')
const { writeFileSync } = await import('node:fs')
test('leaves', () => {
  const left = spawn('sleep', ['600'], { detached: true, stdio: 'ignore' })
  left.unref()
  writeFileSync('left.pid', String(left.pid))
})`
      const project = projectWith({ [FILE]: head + body })
      const result = await runIn(project, framework, [FILE])
      expect(result).toMatchObject({ end: 'complete', exitCode: 0 })
      const pid = Number(readFileSync(path.join(project, 'left.pid'), 'utf8'))
      await vi.waitUntil(() => !isRunning(pid), { timeout: 10_000 })
    },
  )

  test('a failed assertion and another error have different reasons', async () => {
    const result = await run(`test('asserts', () => equal(1, 2)); test('throws', () => { nope.x })`)
    expect(resultLines(result)).toEqual([
      `${FILE} > asserts: failed (assertion)`,
      `${FILE} > throws: failed (error)`,
    ])
    expect(result.tests[1]?.message).toContain('nope is not defined')
    expect(result).toMatchObject({ end: 'complete', exitCode: name === 'mocha' ? 2 : 1 })
  })

  test('a syntax error is a load error without a missing module', async () => {
    const result = await run(`test('x', () => { equal(1, ) ) })`)
    expect(result.tests).toEqual([])
    expect(result.loadErrors).toHaveLength(1)
    expect(result.loadErrors[0]?.missing).toBeUndefined()
    expect(result).toMatchObject({ end: 'complete', exitCode: 1, loadErrors: [{ file: FILE }] })
  })

  test('a missing module of the workspace is named as in the import', async () => {
    const result = await run(`import { it } from '../src/new/thing.mjs'\ntest('x', () => it())`)
    expect(result).toMatchObject({
      end: 'complete',
      tests: [],
      loadErrors: [{ file: FILE, missing: '../src/new/thing.mjs' }],
    })
  })

  test('a missing package is named', async () => {
    const result = await run(`import x from 'not-there-at-all'\ntest('x', () => x())`)
    expect(result.tests).toEqual([])
    expect(result.loadErrors[0]?.missing).toBe('not-there-at-all')
  })

  test('an error at the top level of the file is a load error with its message', async () => {
    const result = await run(`throw new Error('top level boom')`)
    expect(result).toMatchObject({ end: 'complete', tests: [], exitCode: 1 })
    expect(result.loadErrors[0]?.message).toContain('top level boom')
  })

  test('an empty file has no tests', async () => {
    const root = projectWith({ [FILE]: '' })
    const result = await runIn(root, framework, [FILE])
    expect(result).toMatchObject({ end: 'complete', tests: [], loadErrors: [], unhandled: [] })
  })

  test('a file that does not exist is not run', async () => {
    const result = await runIn(projectWith({}), framework, ['test/no.test.mjs'])
    expect(result).toMatchObject({ end: 'complete', exitCode: null, tests: [], command: [] })
    expect(result.loadErrors[0]).toMatchObject({ file: 'test/no.test.mjs' })
  })

  test('an unknown name selects no test', async () => {
    const result = await run(`test('one', () => {})`, { names: ['two'] })
    expect(result).toMatchObject({ end: 'complete', tests: [] })
  })

  test('only the named tests run, whatever characters their names contain', async () => {
    const names = [
      `a+b (c) [d] "e" 'f' \\ $ ^ | {g}`,
      '-leading',
      'über > all',
      'line one line two',
    ]
    const result = await run(
      `describe('s', () => {
        test(${JSON.stringify(names[0])}, () => {}); test('-leading', () => {})
        test('über > all', () => {}); test('line one\\n  line two', () => {})
        test('-leading more', () => equal(1, 2)) })
      test('other', () => equal(1, 2))`,
      { names: names.map(name => `s > ${name}`) },
    )
    expect(resultLines(result)).toEqual(names.map(name => `${FILE} > s > ${name}: passed`))
    expect(result).toMatchObject({ exitCode: 0, end: 'complete' })
  })

  test('skipped and todo tests do not count as passed', async () => {
    const result = await run(`test.skip('s', () => equal(1, 2)); test.todo('t')`)
    const todo = name === 'mocha' ? 'skipped' : 'todo'
    expect(resultLines(result)).toEqual([`${FILE} > s: skipped`, `${FILE} > t: ${todo}`])
  })

  test('a test that skips itself is skipped', async () => {
    const result = await run(`test('s', t => { t.skip() })`)
    expect(resultLines(result)).toEqual([`${FILE} > s: skipped`])
  })

  test('the tests of a failed set-up hook are errored', async () => {
    const result = await run(
      `describe('s', () => { before(() => { throw new Error('hook boom') }); test('x', () => {}) })`,
    )
    expect(resultLines(result)).toEqual([`${FILE} > s > x: errored (hook)`])
    expect(result.exitCode).toBe(1)
  })

  test('a failed tear-down hook after passing tests is reported', async () => {
    const result = await run(
      `describe('s', () => { after(() => { throw new Error('after boom') }); test('x', () => {}) })`,
    )
    expect(resultLines(result)).toEqual([`${FILE} > s > x: passed`])
    // The exit code does not show it: Node 22 exits with 0.
    expect(result.unhandled).toEqual(['after boom'])
  })

  test('an unhandled rejection is reported', async () => {
    const result = await run(
      `test('x', async () => { Promise.reject(new Error('late')); await new Promise(r => setTimeout(r, 50)) })`,
    )
    expect(result.exitCode === 1 || result.unhandled.length > 0).toBe(true)
    expect([...result.unhandled, ...result.tests.map(test => test.message)]).toContain('late')
  })

  test('exit(3) in a test is a crash', async () => {
    const result = await run(`test('x', () => process.exit(3)); test('y', () => {})`)
    expect(result.exitCode).toBe(name === 'mocha' ? 3 : 1)
    expect(`${result.end} ${resultLines(result).join(' ')}`).toMatch(/crash/)
    expect(resultLines(result)).not.toContain(`${FILE} > x: passed`)
  })

  test('exit(0) in a test does not count as passed', async () => {
    const result = await run(`test('x', () => process.exit(0)); test('y', () => {})`)
    expect(resultLines(result)).not.toContain(`${FILE} > x: passed`)
  })

  test('exit(0) is a crash of the running test, and earlier results are kept', async () => {
    const result = await run(
      `test('x', () => {}); test('y', async () => { await new Promise(r => setTimeout(r, 200)); process.exit(0) })`,
    )
    expect(resultLines(result)).toEqual([`${FILE} > x: passed`, `${FILE} > y: errored (crash)`])
  })

  test('a test process that is killed is a crash', async () => {
    const result = await run(`test('x', () => process.kill(process.pid, 'SIGKILL'))`)
    expect(result).toMatchObject({ end: 'crashed' })
    expect(result.exitCode).not.toBe(0)
    expect(result.tests.filter(({ outcome }) => outcome !== 'errored')).toEqual([])
  })

  test('a test that never ends is timed out, and named in the outcome', async () => {
    const body = `test('x', { timeout: 600_000 }, () => new Promise(() => { setInterval(() => {}, 1000) }))`
    const root = projectWith({ [FILE]: head + body })
    const result = await timeOutWhen(
      () => isAnnounced('x', root),
      timeoutMs => runIn(root, framework, [FILE], { timeoutMs }),
    )
    expect(result.end).toBe('timed_out')
    expect(resultLines(result)).toEqual([`${FILE} > x: errored (timeout)`])
  })

  test('a test that blocks its process is timed out', async () => {
    const result = await run(`test('x', () => { for (;;); })`, { timeoutMs: 2500 })
    expect(result.end).toBe('timed_out')
  })

  test("a test that exceeds the framework's own time limit has failed", async () => {
    const result = await run(
      `test('x', { timeout: 50 }, () => new Promise(r => setTimeout(r, 5000)))`,
    )
    expect(resultLines(result)).toEqual([`${FILE} > x: failed (timeout)`])
  })

  test('repeated and nested names have the same ids in every run', async () => {
    const body = `describe('a', () => { describe('b', () => { for (const n of [1, 2, 3]) test('dup', () => equal(n, 2)) }) })`
    const [first, second] = [await run(body), await run(body)]
    expect(resultLines(first)).toEqual([
      `${FILE} > a > b > dup: failed (assertion)`,
      `${FILE} > a > b > dup #2: passed`,
      `${FILE} > a > b > dup #3: failed (assertion)`,
    ])
    expect(resultLines(second)).toEqual(resultLines(first))
  })

  test('the full suite contains every test file of the package', async () => {
    const text = `${head}test('x', () => {})`
    const root = projectWith({ 'test/a.test.mjs': text, 'test/b.test.mjs': text })
    const result = await runIn(root, framework)
    expect(resultLines(result).sort()).toEqual([
      'test/a.test.mjs > x: passed',
      'test/b.test.mjs > x: passed',
    ])
  })

  test.skipIf(name !== 'node:test' && !runsSlowTests)(
    'ten thousand tests are reported one by one',
    async () => {
      const result = await run(`for (let n = 0; n < 10_000; n++) test('t' + n, () => {})`)
      expect(result.tests).toHaveLength(10_000)
      expect(result).toMatchObject({ end: 'complete', exitCode: 0 })
    },
  )

  test('a line that a test writes into the report is detected', async () => {
    const result = await run(`
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
    expect(result.output).not.toContain('THE KEY')
    expect(result.end).toBe('crashed')
    expect(result.unhandled[0]).toContain('a line that the reporter did not write')
  })

  test('the environment of a test does not contain the path of the report', async () => {
    const result = await run(`test('x', () => equal(process.env.REDGREEN_REPORT, undefined))`)
    expect(resultLines(result)).toEqual([`${FILE} > x: passed`])
  })

  test('environment variables of the surrounding test run have no effect', async () => {
    process.env['NODE_TEST_CONTEXT'] = 'child-v8'
    const result = await run(`test('x', () => equal(process.env.VITEST_POOL_ID === '77', false))`)
    delete process.env['NODE_TEST_CONTEXT']
    expect(result.tests).toHaveLength(1)
  })
})

/** Starts a run and lets its time limit expire when the condition holds, so that the speed of the machine does not matter. */
async function timeOutWhen(
  holds: () => boolean,
  start: (timeoutMs: number) => Promise<Outcome>,
): Promise<Outcome> {
  const timeoutMs = 3_600_000
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  onTestFinished(() => void vi.useRealTimers())
  const run = start(timeoutMs)
  while (!holds()) await wait(20)
  vi.advanceTimersByTime(timeoutMs)
  return await run
}

/** Does the report of a run in this project already contain the test? */
function isAnnounced(name: string, root: string): boolean {
  const folders = readdirSync(tmpdir()).filter(folder => folder.startsWith('redgreen-report-'))
  return folders
    .map(folder => textOrEmpty(path.join(tmpdir(), folder, 'events')))
    .some(text => text.includes(root) && text.includes(`"name":"${name}"`))
}

function textOrEmpty(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
