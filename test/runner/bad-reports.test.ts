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

interface Told {
  name: string
  failed?: boolean
}

/** One kind of report, as a runner would write it. */
interface Kind {
  framework: Framework
  file: string
  /** Of the test file, where the report's reader looks into it. */
  text?: string
  files?: Record<string, string>
  /** What goes before a test's own name in its id. */
  within?: string
  /** The report of these tests of a file; `key` is the secret of the run. */
  write: (tests: readonly Told[], file: string, key: string) => string
  /** What the runner says beside the report. */
  stderr?: string
  /** It names no file, so it can be of no other one. */
  namesNoFile?: true
  /** What it is taken for where there is none: nothing was built. */
  missing?: string
  /** Tests that are told beside them: those that hold them. */
  alsoTold?: number
}

const xml = (text: string) => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;')

const custom = (report: 'junit' | 'tap' | 'ctrf' | 'vitest-json' | 'go-json') =>
  customFramework({ file: ['true'], report })

const KINDS: Record<string, Kind> = {
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
    alsoTold: 1,
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
    // The standard error names the program.
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

function goEvents(tests: readonly Told[], top: string): string {
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

function trx(tests: readonly Told[], type: string): string {
  const results = tests.map(
    ({ name, failed }, at) =>
      `<UnitTestResult testId="${at}" testName="${type}.${xml(name)}" outcome="${failed ? 'Failed' : 'Passed'}">${failed ? '<Output><ErrorInfo><Message>Assert.Equal() Failure</Message></ErrorInfo></Output>' : ''}</UnitTestResult>`,
  )
  const definitions = tests.map(
    (_, at) => `<UnitTest id="${at}"><TestMethod className="${type}"/></UnitTest>`,
  )
  return `<?xml version="1.0"?>\n<TestRun><Results>${results.join('\n')}</Results><TestDefinitions>${definitions.join('\n')}</TestDefinitions></TestRun>\n`
}

function eventsOf(tests: readonly Told[], file: string): ReportEvent[] {
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

const TESTS: Told[] = [{ name: 'adds' }, { name: 'adds more' }]
const FAILING: Told[] = [{ name: 'adds', failed: true }, { name: 'adds more' }]

describe.each(Object.entries(KINDS))('%s', (name, kind) => {
  const { file, write, within = '', alsoTold = 0, missing = 'crashed' } = kind
  const whole = (tests: readonly Told[]) => (key: string) => write(tests, file, key)

  test('is red, and green after it, where report and exit code agree', async () => {
    const [red, green] = [await run(kind, whole(FAILING), 1), await run(kind, whole(TESTS), 0)]
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
    ['is no text', () => Buffer.from([0xff, 0xfe, 0, 0x3c, 0x7b, 0x0a]), 1, missing],
    ['has failures and exit code 0', whole(FAILING), 0, 'inconsistent'],
    ['has none and exit code 1', whole(TESTS), 1, 'inconsistent'],
  ])('that %s is neither red nor green', async (_, report, exitCode, code) => {
    const seen = await run(kind, report, exitCode)
    expect(verdictOf(seen)).toBe(code)
    expect(judgeGreen(seen, redTests(kind))).toMatchObject({ proves: 'nothing' })
  })

  test.skipIf(kind.namesNoFile)('of another run is neither red nor green', async () => {
    const other = file.replace(/a(?=_t)|A(?=T)|it/, found => (found === 'A' ? 'B' : 'b'))
    const foreign = (key: string) =>
      name === 'sealed' ? write(FAILING, file, 'another key') : write(FAILING, other, key)
    const seen = await run(kind, foreign, 1)
    expect(verdictOf(seen)).not.toBe('red')
    expect(judgeGreen(seen, redTests(kind))).toMatchObject({ proves: 'nothing' })
  })

  test('that is cut off anywhere never passes for the whole one', () => {
    const root = projectOf(kind)
    const request = requestIn(root, kind)
    const text = whole(TESTS)(request.key)
    const read = (part: string) => {
      const ending = { exitCode: 0, signal: null, output: '', stderr: stderrOf(kind) }
      const { complete, tests } = kind.framework.parse(part, request, ending)
      return complete ? tests.map(({ id }) => id) : []
    }
    const ids = read(text)
    expect(ids).toHaveLength(TESTS.length + alsoTold)
    const wrong = Array.from(text, (_, at) => at).filter(at => {
      const seen = read(text.slice(0, at))
      return seen.length > 0 && seen.join() !== ids.join()
    })
    expect(wrong).toEqual([])
  })

  test('with bytes that are no UTF-8 in a name tells the others all the same', async () => {
    const spoilt = (key: string) => {
      const tests = [{ name: 'n\u00fcr' }, ...TESTS]
      // A seal is over the bytes: there, the reporter writes what it has as UTF-8.
      if (name === 'sealed') return Buffer.from(write(tests, file, key))
      return Buffer.from(write(tests, file, key), 'latin1')
    }
    const seen = await run(kind, spoilt, 0)
    const others = TESTS.map(one => `${file} > ${within}${one.name}`)
    expect(seen.tests.map(({ id }) => id)).toEqual(expect.arrayContaining(others))
    expect(seen.tests).toHaveLength(3 + alsoTold)
    expect(seen).toMatchObject({ end: 'complete', exitCode: 0 })
  })

  test('of ten thousand tests tells each of them', async () => {
    const tests = Array.from({ length: 10_000 }, (_, at) => ({
      name: `adds${at}`,
      failed: at === 7777,
    }))
    const seen = await run(kind, whole(tests), 1)
    expect(new Set(seen.tests.map(({ id }) => id)).size).toBe(10_000 + alsoTold)
    const failed = seen.tests.filter(({ outcome }) => outcome === 'failed').map(({ id }) => id)
    expect(failed).toContain(`${file} > ${within}adds7777`)
    expect([failed.length, verdictOf(seen)]).toEqual([1 + alsoTold, 'red'])
  })
})

/** A program that writes the report, and ends as it is told, in the place of the runner. */
async function run(
  kind: Kind,
  report: (key: string) => string | Buffer | undefined,
  exitCode: number,
): Promise<Outcome> {
  const root = projectOf(kind)
  const framework: Framework = {
    ...kind.framework,
    source: kind.framework.source === 'reporter' ? 'reporter' : 'stdout',
    command: request => {
      const text = report(request.key)
      writeFileSync(path.join(root, 'report'), text ?? '')
      const isOurs = kind.framework.source === 'reporter'
      const to = isOurs && text !== undefined ? request.report : ''
      return { argv: [process.execPath, 'run.cjs', to, `${exitCode}`], env: {} }
    },
  }
  return await runIn(root, framework, [kind.file])
}

const RUN = `const fs = require('fs')
const [, , to, code] = process.argv
const bytes = fs.readFileSync('report')
if (to === '') fs.writeSync(2, fs.readFileSync('stderr'))
if (to !== '') fs.writeFileSync(to, bytes)
else for (let at = 0; at < bytes.length; ) at += fs.writeSync(1, bytes, at)
process.exitCode = Number(code)
`

function projectOf(kind: Kind): string {
  return projectWith({
    [kind.file]: kind.text ?? 'x',
    'tests/b_test.js': 'x',
    'tests/b.rs': 'x',
    ...kind.files,
    'run.cjs': RUN,
    stderr: stderrOf(kind),
  })
}

function stderrOf({ stderr = '', file }: Kind): string {
  return stderr.replace('FILE', file)
}

function requestIn(root: string, { file }: Kind): TestRequest {
  const files = [path.join(root, file)]
  return { cwd: root, root, files, names: [], report: '', key: 'key' }
}

function redTests({ file, within = '' }: Kind): Outcome['tests'] {
  const id = `${file} > ${within}adds`
  return [{ id, file, outcome: 'failed', reason: 'assertion' }]
}

function verdictOf(outcome: Outcome): string {
  const verdict = judgeRed(outcome, { kind: 'build', allowMissing: 'test', isOwn: () => false })
  return verdict.proves === 'red' ? 'red' : verdict.code
}
