import { describe, expect, test } from 'vitest'
import { jest } from '../../src/runner/frameworks/jest.ts'
import { projectWith, runIn, told } from './project.ts'
import { modulesWith } from './situations/installed.ts'

const MODULES = modulesWith('jest')
const FILE = 'test/it.test.js'

// Jest is no dependency of ours: `REDGREEN_RUNNERS` names a folder of packages that has it.
describe.skipIf(MODULES === undefined)('jest', () => {
  const run = (body: string, more = {}, files: Record<string, string> = {}) =>
    runIn(
      projectWith({ 'package.json': '{}', [FILE]: body, ...files }, MODULES),
      jest,
      [FILE],
      more,
    )

  test('tells assertions, errors, hooks and limits apart', async () => {
    const seen = await run(`
      test('asserts', () => expect(1).toBe(2))
      test('throws', async () => { await 1; nope.x })
      test('late', () => new Promise(() => {}), 20)
      describe('sync hook', () => { beforeAll(() => { throw new Error('boom') }); test('x', () => {}) })
      describe('async hook', () => { beforeEach(async () => { await 1; expect(1).toBe(2) }); test('x', () => {}) })
      describe('slow hook', () => { beforeAll(() => new Promise(() => {}), 20); test('x', () => {}) })`)
    expect(told(seen)).toEqual([
      `${FILE} > asserts: failed (assertion)`,
      `${FILE} > throws: failed (error)`,
      `${FILE} > late: failed (timeout)`,
      `${FILE} > sync hook > x: errored (hook)`,
      `${FILE} > async hook > x: errored (hook)`,
      `${FILE} > slow hook > x: errored (hook)`,
    ])
    expect(seen).toMatchObject({ end: 'complete', exitCode: 1 })
  })

  test('names a missing module, and a broken tear-down is no pass', async () => {
    const missing = await run(`require('../src/new/thing')\ntest('x', () => {})`)
    expect(missing).toMatchObject({ tests: [], loadErrors: [{ missing: '../src/new/thing' }] })
    const late = await run(`afterAll(() => { throw new Error('after boom') })\ntest('x', () => {})`)
    expect(late.unhandled).toEqual(['Error: after boom'])
  })

  test('skipped and todo tests are no passes, and neither is a file without tests', async () => {
    const idle = await run(`test.skip('s', () => {}); test.todo('t')`)
    expect(told(idle)).toEqual([`${FILE} > s: skipped`, `${FILE} > t: todo`])
    const none = await run(`module.exports = 1`)
    expect(none).toMatchObject({ end: 'complete', tests: [], loadErrors: [], unhandled: [] })
  })

  test('runs named tests alone, whatever characters their names have', async () => {
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
        test('-leading more', () => expect(1).toBe(2)) })`,
      { names: names.map(name => `s > ${name}`) },
    )
    const ran = told(seen).filter(line => !line.endsWith('skipped'))
    expect(ran).toEqual(names.map(name => `${FILE} > s > ${name}: passed`))
    expect(seen).toMatchObject({ exitCode: 0, end: 'complete' })
  })

  test('exit(0) in a test leaves everything unproven', async () => {
    const seen = await run(`test('x', () => {}); test('y', () => process.exit(0))`)
    expect(seen).toMatchObject({ end: 'crashed', exitCode: 0 })
    expect(told(seen)).not.toContain(`${FILE} > y: passed`)
  })

  test('a coverage threshold of the configuration does not turn a good run bad', async () => {
    const config = `module.exports = { bail: 1, collectCoverage: true, coverageThreshold: { global: { lines: 100 } } }`
    const seen = await run(`test('x', () => {})`, {}, { 'jest.config.js': config })
    expect(seen).toMatchObject({ end: 'complete', exitCode: 0 })
  })

  test('tests made in a loop keep their ids', async () => {
    const body = `test.each([1, 2])('dup', n => expect(n).toBe(2))`
    const ids = [`${FILE} > dup: failed (assertion)`, `${FILE} > dup #2: passed`]
    expect(told(await run(body))).toEqual(ids)
  })
})
