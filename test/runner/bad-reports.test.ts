import { writeFileSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { describe, expect, test } from 'vitest'
import type { Outcome } from '../../src/evidence/outcome.ts'
import { judgeGreen, judgeRed } from '../../src/evidence/verdict.ts'
import type { Framework, TestRequest } from '../../src/runner/framework.ts'
import { cargo } from '../../src/runner/frameworks/cargo.ts'
import { dotnet } from '../../src/runner/frameworks/dotnet.ts'
import { customFramework } from '../../src/runner/frameworks/custom.ts'
import { vitest } from '../../src/runner/frameworks/vitest.ts'
import type { ReportEvent } from '../../src/runner/reporters/event.ts'
import { sealLine } from '../../src/runner/reporters/seal.ts'
import { projectWith, runIn } from './project.ts'

interface WrittenTest {
  name: string
  failed?: boolean
}

/** A report format, and how a runner writes it. */
interface Format {
  framework: Framework
  file: string
  /** Text of the test file, if the reader of the report needs it. */
  text?: string
  files?: Record<string, string>
  /** Prefix of the test names in ids. */
  within?: string
  /** Writes the report of the tests of a file. `key` is the secret of the run. */
  write: (tests: readonly WrittenTest[], file: string, key: string) => string
  /** What the runner prints to the standard error. */
  stderr?: string
  /** The report names no file, so it cannot belong to another one. */
  namesNoFile?: true
  /** The verdict if the report is missing; by default `crashed`. */
  missing?: string
  /** Number of additional tests in the report, which contain the written ones. */
  parents?: number
}

const xml = (text: string) => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;')

const custom = (report: 'junit' | 'tap' | 'ctrf' | 'vitest-json' | 'go-json') =>
  customFramework({ file: ['true'], report })

const FORMATS: Record<string, Format> = {
  junit: {
    framework: custom('junit'),
    file: 'tests/a_test.js',
    write: (tests, file) =>
      `<testsuites><testsuite>${tests
        .map(
          ({ name, failed }) =>
            `<testcase file="${file}" name="${xml(name)}">${failed ? '<failure message="assert 1 == 2"/>' : ''}</testcase>`,
        )
        .join('\n')}</testsuite></testsuites>\n`,
  },
  tap: {
    framework: custom('tap'),
    file: 'tests/a_test.js',
    write: tests =>
      `1..${tests.length}\n${tests.map(({ name, failed }, at) => `${failed ? 'not ok' : 'ok'} ${at + 1} - ${name}\n`).join('')}`,
    namesNoFile: true,
  },
  ctrf: {
    framework: custom('ctrf'),
    file: 'tests/a_test.js',
    write: (tests, file) =>
      JSON.stringify({
        results: {
          summary: { tests: tests.length },
          tests: tests.map(({ name, failed }) => ({
            name,
            filePath: file,
            status: failed ? 'failed' : 'passed',
            message: failed ? 'AssertionError: no' : '',
          })),
        },
      }),
  },
  'vitest-json': {
    framework: custom('vitest-json'),
    file: 'tests/a_test.js',
    write: (tests, file) =>
      JSON.stringify({
        testResults: [
          {
            name: file,
            status: tests.some(({ failed }) => failed) ? 'failed' : 'passed',
            assertionResults: tests.map(({ name, failed }) => ({
              title: name,
              status: failed ? 'failed' : 'passed',
              failureMessages: failed ? ['AssertionError: no'] : [],
            })),
          },
        ],
      }),
  },
  'go-json': {
    framework: custom('go-json'),
    file: 'a_test.go',
    text: 'package sums\n\nfunc TestAll(t *testing.T) {\n}\n',
    files: {
      'go.mod': 'module example.com/sums\n',
      'b_test.go': 'package sums\n\nfunc TestB() {}\n',
    },
    within: 'TestAll > ',
    write: (tests, file) => goEvents(tests, file.includes('b_test') ? 'TestB' : 'TestAll'),
    parents: 1,
  },
  cargo: {
    framework: cargo,
    file: 'tests/it.rs',
    write: (tests, file) =>
      [
        '{"reason":"build-finished","success":true}',
        `running ${tests.length} tests`,
        ...tests.map(({ name, failed }) => `test ${name} ... ${failed ? 'FAILED' : 'ok'}`),
        ...tests.map(({ name, failed }) =>
          failed ? `---- ${name} stdout ----\nthread panicked at ${file}\nassertion failed` : '',
        ),
        `test result: ${tests.some(({ failed }) => failed) ? 'FAILED' : 'ok'}.`,
        '',
      ].join('\n'),
    stderr: '     Running FILE (target/debug/deps/it-1)\n',
    // The report names no file; the standard error names the test program.
    namesNoFile: true,
    missing: 'red_not_loaded',
  },
  trx: {
    framework: dotnet,
    file: 'ATest.cs',
    text: 'class ATest {}',
    files: { 'b/BTest.cs': 'class BTest {}', 'BTest.cs': 'class BTest {}' },
    within: 'ATest > ',
    write: (tests, file) => trx(tests, path.parse(file).name),
  },
  sealed: {
    framework: vitest,
    file: 'tests/a_test.js',
    write: (tests, file, key) =>
      eventsOf(tests, file)
        .map((event, at) => sealLine(key, at, JSON.stringify(event)))
        .join(''),
  },
}

function goEvents(tests: readonly WrittenTest[], top: string): string {
  const Package = 'example.com/sums'
  const all = { Action: tests.some(({ failed }) => failed) ? 'fail' : 'pass', Package }
  return [
    ...tests.flatMap(({ name, failed }) => [
      { Action: 'run', Package, Test: `${top}/${name}` },
      { Action: failed ? 'fail' : 'pass', Package, Test: `${top}/${name}` },
    ]),
    { ...all, Test: top },
    all,
  ]
    .map(event => `${JSON.stringify(event)}\n`)
    .join('')
}

function trx(tests: readonly WrittenTest[], type: string): string {
  const results = tests.map(
    ({ name, failed }, at) =>
      `<UnitTestResult testId="${at}" testName="${type}.${xml(name)}" outcome="${failed ? 'Failed' : 'Passed'}">${failed ? '<Output><ErrorInfo><Message>Assert.Equal() Failure</Message></ErrorInfo></Output>' : ''}</UnitTestResult>`,
  )
  const definitions = tests.map(
    (_, at) => `<UnitTest id="${at}"><TestMethod className="${type}"/></UnitTest>`,
  )
  return `<?xml version="1.0"?>\n<TestRun><Results>${results.join('\n')}</Results><TestDefinitions>${definitions.join('\n')}</TestDefinitions></TestRun>\n`
}

function eventsOf(tests: readonly WrittenTest[], file: string): ReportEvent[] {
  return [
    { ev: 'run-start', runner: 'vitest', version: '4.0.0' },
    { ev: 'file', file, tests: tests.map(({ name }) => ({ key: name, name })) },
    ...tests.map(({ name, failed }): ReportEvent => {
      const known = { ev: 'test' as const, file, key: name, name }
      return failed
        ? { ...known, state: 'failed', reason: 'assertion', message: 'no' }
        : { ...known, state: 'passed' }
    }),
    { ev: 'file-end', file, errors: [] },
    { ev: 'run-end', unhandled: [] },
  ]
}

const TESTS: WrittenTest[] = [{ name: 'adds' }, { name: 'adds more' }]
const FAILING: WrittenTest[] = [{ name: 'adds', failed: true }, { name: 'adds more' }]

describe.each(Object.entries(FORMATS))('%s', (name, format) => {
  const { file, write, within = '', parents = 0, missing = 'crashed' } = format
  const whole = (tests: readonly WrittenTest[]) => (key: string) => write(tests, file, key)

  test('is red, and then green, if the report and the exit code agree', async () => {
    const [red, green] = [await run(format, whole(FAILING), 1), await run(format, whole(TESTS), 0)]
    expect(red.tests.map(({ id }) => id)).toContain(`${file} > ${within}adds`)
    expect([verdictOf(red), judgeGreen(green, red.tests)]).toMatchObject([
      'red',
      { proves: 'green' },
    ])
  })

  test.each([
    ['is missing', () => undefined, 1, missing],
    ['is missing after exit code 0', () => undefined, 0, 'crashed'],
    ['is cut off', (key: string) => whole(FAILING)(key).slice(0, -10), 1, 'crashed'],
    ['is not text', () => Buffer.from([0xff, 0xfe, 0, 0x3c, 0x7b, 0x0a]), 1, missing],
    ['has failures and exit code 0', whole(FAILING), 0, 'inconsistent'],
    ['has no failures and exit code 1', whole(TESTS), 1, 'inconsistent'],
  ])('that %s is neither red nor green', async (_, report, exitCode, code) => {
    const result = await run(format, report, exitCode)
    expect(verdictOf(result)).toBe(code)
    expect(judgeGreen(result, redTests(format))).toMatchObject({ proves: 'nothing' })
  })

  test.skipIf(format.namesNoFile)('of another run is neither red nor green', async () => {
    const other = file.replace(/a(?=_t)|A(?=T)|it/, found => (found === 'A' ? 'B' : 'b'))
    const reportOfOther = (key: string) =>
      name === 'sealed' ? write(FAILING, file, 'another key') : write(FAILING, other, key)
    const result = await run(format, reportOfOther, 1)
    expect(verdictOf(result)).not.toBe('red')
    expect(judgeGreen(result, redTests(format))).toMatchObject({ proves: 'nothing' })
  })

  test('that is cut off anywhere is not complete', () => {
    const root = projectOf(format)
    const request = requestIn(root, format)
    const text = whole(TESTS)(request.key)
    const read = (part: string) => {
      const exit = { exitCode: 0, signal: null, output: '', stderr: stderrOf(format) }
      const { complete, tests } = format.framework.parse(part, request, exit)
      return complete ? tests.map(({ id }) => id) : []
    }
    const ids = read(text)
    expect(ids).toHaveLength(TESTS.length + parents)
    const wrong = Array.from(text, (_, at) => at).filter(at => {
      const result = read(text.slice(0, at))
      return result.length > 0 && result.join() !== ids.join()
    })
    expect(wrong).toEqual([])
  })

  test('with invalid UTF-8 in a name contains the other tests', async () => {
    const invalid = (key: string) => {
      const tests = [{ name: 'n\u00fcr' }, ...TESTS]
      // The seal covers the bytes, and the reporter always writes UTF-8.
      if (name === 'sealed') return Buffer.from(write(tests, file, key))
      return Buffer.from(write(tests, file, key), 'latin1')
    }
    const result = await run(format, invalid, 0)
    const others = TESTS.map(one => `${file} > ${within}${one.name}`)
    expect(result.tests.map(({ id }) => id)).toEqual(expect.arrayContaining(others))
    expect(result.tests).toHaveLength(3 + parents)
    expect(result).toMatchObject({ end: 'complete', exitCode: 0 })
  })

  test('of ten thousand tests contains each of them', async () => {
    const tests = Array.from({ length: 10_000 }, (_, at) => ({
      name: `adds${at}`,
      failed: at === 7777,
    }))
    const result = await run(format, whole(tests), 1)
    expect(new Set(result.tests.map(({ id }) => id)).size).toBe(10_000 + parents)
    const failed = result.tests.filter(({ outcome }) => outcome === 'failed').map(({ id }) => id)
    expect(failed).toContain(`${file} > ${within}adds7777`)
    expect([failed.length, verdictOf(result)]).toEqual([1 + parents, 'red'])
  })
})

/** Runs a program instead of the runner, which writes the report and exits with the exit code. */
async function run(
  format: Format,
  report: (key: string) => string | Buffer | undefined,
  exitCode: number,
): Promise<Outcome> {
  const root = projectOf(format)
  const framework: Framework = {
    ...format.framework,
    source: format.framework.source === 'reporter' ? 'reporter' : 'stdout',
    command: request => {
      const text = report(request.key)
      writeFileSync(path.join(root, 'report'), text ?? '')
      const isSealed = format.framework.source === 'reporter'
      const to = isSealed && text !== undefined ? request.report : ''
      return { argv: [process.execPath, 'run.cjs', to, `${exitCode}`], env: {} }
    },
  }
  return await runIn(root, framework, [format.file])
}

const RUN = `const fs = require('fs')
const [, , to, code] = process.argv
const bytes = fs.readFileSync('report')
if (to === '') fs.writeSync(2, fs.readFileSync('stderr'))
if (to !== '') fs.writeFileSync(to, bytes)
else for (let at = 0; at < bytes.length; ) at += fs.writeSync(1, bytes, at)
process.exitCode = Number(code)
`

function projectOf(format: Format): string {
  return projectWith({
    [format.file]: format.text ?? 'x',
    'tests/b_test.js': 'x',
    'tests/b.rs': 'x',
    ...format.files,
    'run.cjs': RUN,
    stderr: stderrOf(format),
  })
}

function stderrOf({ stderr = '', file }: Format): string {
  return stderr.replace('FILE', file)
}

function requestIn(root: string, { file }: Format): TestRequest {
  const files = [path.join(root, file)]
  return { cwd: root, root, files, names: [], report: '', key: 'key' }
}

function redTests({ file, within = '' }: Format): Outcome['tests'] {
  const id = `${file} > ${within}adds`
  return [{ id, file, outcome: 'failed', reason: 'assertion' }]
}

function verdictOf(outcome: Outcome): string {
  const verdict = judgeRed(outcome, { kind: 'build', allowMissing: 'test', isOwn: () => false })
  return verdict.proves === 'red' ? 'red' : verdict.code
}
