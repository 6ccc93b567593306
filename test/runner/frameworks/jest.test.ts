import { describe, expect, test } from 'vitest'
import { jest } from '../../../src/runner/frameworks/jest.ts'
import { projectWith, runIn, resultLines } from '../project.ts'
import { nodeModulesWith } from '../scenarios/installed.ts'

const MODULES = nodeModulesWith('jest')
const FILE = 'test/it.test.js'

// Jest is not a dependency of this repository. `REDGREEN_RUNNERS` names a folder of packages that contains it.
describe.skipIf(MODULES === undefined)('jest', () => {
  const run = (body: string, more = {}, files: Record<string, string> = {}) =>
    runIn(
      projectWith({ 'package.json': '{}', [FILE]: body, ...files }, MODULES),
      jest,
      [FILE],
      more,
    )

  test('distinguishes assertions, errors, hooks and timeouts', async () => {
    const result = await run(`
      test('asserts', () => expect(1).toBe(2))
      test('throws', async () => { await 1; nope.x })
      test('slow', () => new Promise(() => {}), 20)
      describe('sync hook', () => { beforeAll(() => { throw new Error('boom') }); test('x', () => {}) })
      describe('async hook', () => { beforeEach(async () => { await 1; expect(1).toBe(2) }); test('x', () => {}) })
      describe('slow hook', () => { beforeAll(() => new Promise(() => {}), 20); test('x', () => {}) })`)
    expect(resultLines(result)).toEqual([
      `${FILE} > asserts: failed (assertion)`,
      `${FILE} > throws: failed (error)`,
      `${FILE} > slow: failed (timeout)`,
      `${FILE} > sync hook > x: errored (hook)`,
      `${FILE} > async hook > x: errored (hook)`,
      `${FILE} > slow hook > x: errored (hook)`,
    ])
    expect(result).toMatchObject({ end: 'complete', exitCode: 1 })
  })

  test('names a missing module, and reports a failed tear-down hook', async () => {
    const missing = await run(`require('../src/new/thing')\ntest('x', () => {})`)
    expect(missing).toMatchObject({ tests: [], loadErrors: [{ missing: '../src/new/thing' }] })
    const afterTests = await run(
      `afterAll(() => { throw new Error('after boom') })\ntest('x', () => {})`,
    )
    expect(afterTests.unhandled).toEqual(['Error: after boom'])
  })

  test('skipped and todo tests do not count as passed, and neither does a file without tests', async () => {
    const idle = await run(`test.skip('s', () => {}); test.todo('t')`)
    expect(resultLines(idle)).toEqual([`${FILE} > s: skipped`, `${FILE} > t: todo`])
    const none = await run(`module.exports = 1`)
    expect(none).toMatchObject({ end: 'complete', tests: [], loadErrors: [], unhandled: [] })
  })

  test('runs only the named tests, whatever characters their names contain', async () => {
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
        test('-leading more', () => expect(1).toBe(2)) })`,
      { names: names.map(name => `s > ${name}`) },
    )
    const ran = resultLines(result).filter(line => !line.endsWith('skipped'))
    expect(ran).toEqual(names.map(name => `${FILE} > s > ${name}: passed`))
    expect(result).toMatchObject({ exitCode: 0, end: 'complete' })
  })

  test('exit(0) in a test is a crash', async () => {
    const result = await run(`test('x', () => {}); test('y', () => process.exit(0))`)
    expect(result).toMatchObject({ end: 'crashed', exitCode: 0 })
    expect(resultLines(result)).not.toContain(`${FILE} > y: passed`)
  })

  test('a coverage threshold in the configuration does not fail a run', async () => {
    const config = `module.exports = { bail: 1, collectCoverage: true, coverageThreshold: { global: { lines: 100 } } }`
    const result = await run(`test('x', () => {})`, {}, { 'jest.config.js': config })
    expect(result).toMatchObject({ end: 'complete', exitCode: 0 })
  })

  test('tests that are defined in a loop have stable ids', async () => {
    const body = `test.each([1, 2])('dup', n => expect(n).toBe(2))`
    const ids = [`${FILE} > dup: failed (assertion)`, `${FILE} > dup #2: passed`]
    expect(resultLines(await run(body))).toEqual(ids)
  })
})
