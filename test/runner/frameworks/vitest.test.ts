import { describe, expect, test } from 'vitest'
import { vitest } from '../../../src/runner/frameworks/vitest.ts'
import { projectWith, resultLines, runIn, temporaryFolder } from '../project.ts'

describe('vitest', () => {
  const FILE = 'test/it.test.mjs'
  const head = `import { test, expect, describe } from 'vitest'\n`
  const run = (body: string, files: Record<string, string> = {}) =>
    runIn(projectWith({ [FILE]: head + body, ...files }), vitest, [FILE])

  test('is not started if it is not installed, and the error says how to install it', async () => {
    const root = temporaryFolder()
    const result = await runIn(root, vitest, [])
    expect(result).toMatchObject({ end: 'not_started', exitCode: null, tests: [] })
    expect(result.unhandled[0]).toContain('npm install')
  })

  test('.only on another test never makes a run pass, even if the configuration allows it', async () => {
    const config = `export default { test: { allowOnly: true, passWithNoTests: true } }`
    const result = await run(`test('red', () => expect(1).toBe(2)); test.only('other', () => {})`, {
      'vitest.config.mjs': config,
    })
    expect(result.exitCode).toBe(1)
    expect(resultLines(result)).toEqual([
      `${FILE} > red: skipped`,
      `${FILE} > other: errored (hook)`,
    ])
  })

  test('bail and coverage in the configuration have no effect', async () => {
    const config = `export default { test: { bail: 1, coverage: { enabled: true, provider: 'v8' } } }`
    const result = await run(`test('a', () => expect(1).toBe(2)); test('b', () => {})`, {
      'vitest.config.mjs': config,
    })
    expect(resultLines(result)).toEqual([`${FILE} > a: failed (assertion)`, `${FILE} > b: passed`])
  })

  test('a missing export is an error in the test', async () => {
    const result = await run(
      `import { nope } from '../src/it.mjs'\ntest('x', () => expect(nope()).toBe(1))`,
      { 'src/it.mjs': 'export const it = 1' },
    )
    expect(resultLines(result)).toEqual([`${FILE} > x: failed (error)`])
  })

  test('an error in the configuration is a crash, and the output contains its message', async () => {
    const result = await run(`test('x', () => {})`, {
      'vitest.config.mjs': `throw new Error('bad config')`,
    })
    expect(result).toMatchObject({ end: 'crashed', exitCode: 1, tests: [] })
    expect(result.output).toContain('bad config')
  })

  test('concurrent tests with the same name are numbered in the order of definition', async () => {
    const result = await run(`describe.concurrent('c', () => {
      for (const ms of [120, 60, 1]) test('dup', async () => {
        await new Promise(r => setTimeout(r, ms)); expect(ms).not.toBe(120) }) })`)
    expect(resultLines(result)).toEqual([
      `${FILE} > c > dup: failed (assertion)`,
      `${FILE} > c > dup #2: passed`,
      `${FILE} > c > dup #3: passed`,
    ])
  })

  const SNAPSHOT = {
    [`test/__snapshots__/it.test.mjs.snap`]:
      '// Vitest Snapshot v1, https://vitest.dev/guide/snapshot.html\n\nexports[`x 1`] = `1`;\n',
  }

  test('a snapshot that a failing test did not come to is not an error of its file', async () => {
    const result = await run(
      `test('x', () => { expect(1).toBe(2); expect(1).toMatchSnapshot() })`,
      SNAPSHOT,
    )
    expect(resultLines(result)).toEqual([`${FILE} > x: failed (assertion)`])
    expect(result).toMatchObject({ end: 'complete', unhandled: [] })
  })

  test('a snapshot that no test uses is an error if all tests pass', async () => {
    const result = await run(`test('x', () => {})`, SNAPSHOT)
    expect(result.unhandled.join('\n')).toContain('Obsolete snapshots found')
  })

  test('a file whose path only contains the requested path is not counted', async () => {
    const text = `${head}test('x', () => expect(1).toBe(2))`
    const root = projectWith({ [FILE]: `${head}test('x', () => {})`, [`sub/${FILE}`]: text })
    const result = await runIn(root, vitest, [FILE])
    expect(resultLines(result)).toEqual([`${FILE} > x: passed`])
    expect(
      result.exitCode === 0 || result.unhandled.some(line => line.includes(`sub/${FILE}`)),
    ).toBe(true)
  })
})
