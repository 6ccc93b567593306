import { describe, expect, it } from 'vitest'
import { importing, ONE_TASK, SIZE, SIZE_IS_ZERO, SIZE_TEST, SOURCE, STUB } from './stack.ts'
import { COMPLETE, honestWork, type HonestWork } from './work.ts'

/** A test that also runs these statements each time. */
const running = (statements: string) =>
  `${importing('appendFileSync, mkdirSync, readFileSync, writeFileSync', 'node:fs', SIZE_IS_ZERO)}${statements}\n`

const append = (file: string) =>
  `appendFileSync('${file}', 'line ' + process.hrtime.bigint() + '\\n')`

async function started(files: Record<string, string>, statements: string): Promise<HonestWork> {
  const work = honestWork(ONE_TASK, { [SOURCE]: STUB, ...files })
  await work.start('T001')
  work.write(SIZE_TEST, running(statements))
  return work
}

async function completed(work: HonestWork): Promise<unknown> {
  await work.red('T001', SIZE_TEST)
  work.write(SOURCE, SIZE)
  await work.green('T001')
  await work.done('T001')
  return work.end({ replay: true })
}

describe('a run that writes files', () => {
  it('updates a lock file, rebuilds an output and a coverage report', async () => {
    const files = { 'Cargo.lock': '', 'packages/a/package-lock.json': '{}\n', 'dist/a.js': '' }
    const report = "mkdirSync('coverage/lcov-report', { recursive: true })"
    const written = [...Object.keys(files), 'coverage/lcov-report/sorter.js', '.coverage']
    const work = await started(files, [report, ...written.map(append)].join('\n'))
    expect(await completed(work)).toEqual(COMPLETE)
  })

  it('writes data that git tracks, and a new file of results, each time', async () => {
    const data = { 'data/app.db': 'empty\n', 'tests/data/last-run.txt': '\n' }
    const written = [...Object.keys(data), 'results.csv']
    const work = await started(data, written.map(append).join('\n'))
    expect(await completed(work)).toEqual(COMPLETE)
  })

  it('brings a data file up to date once', async () => {
    const data = { 'data/version.json': '1\n' }
    const update =
      "if (readFileSync('data/version.json', 'utf8') === '1\\n') writeFileSync('data/version.json', '2\\n')"
    expect(await completed(await started(data, update))).toEqual(COMPLETE)
  })

  it('is still refused if it changes code or a test', async () => {
    for (const file of ['src/other.js', 'tests/old.test.js', 'tests/login.feature']) {
      const once = `if (readFileSync('${file}', 'utf8') === '') ${append(file)}`
      const work = await started({ [file]: '' }, once)
      const refusal = await work.refused('record_red', { task: 'T001', tests: [SIZE_TEST] })
      expect(refusal).toMatchObject({ code: 'moved', text: expect.stringContaining(file) })
    }
  })

  it('is still refused if what it writes decides its result', async () => {
    const flips = `test('flips', () => assert.equal(readFileSync('data/state.txt', 'utf8').length % 2, 1))\n`
    const work = await started(
      { 'data/state.txt': '' },
      `${flips}process.on('exit', () => appendFileSync('data/state.txt', '.'))`,
    )
    const refusal = await work.refused('record_red', { task: 'T001', tests: [SIZE_TEST] })
    expect(refusal).toMatchObject({
      code: 'moved',
      text: expect.stringContaining('data/state.txt'),
    })
  })
})
