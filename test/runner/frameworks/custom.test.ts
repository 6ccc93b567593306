import process from 'node:process'
import { describe, expect, test } from 'vitest'
import { judgeRed } from '../../../src/evidence/verdict.ts'
import { customFramework, type CustomCommand } from '../../../src/runner/frameworks/custom.ts'
import { projectWith, runIn, resultLines } from '../project.ts'

const FILE = 'tests/a_test.js'

/** Runs a script as the test command, which writes the report and exits as the test wants. */
function run(script: string, command: Partial<CustomCommand> = {}, names: string[] = []) {
  const root = projectWith({ [FILE]: 'x', 'tests/b_test.js': 'x', 'run.cjs': script })
  const framework = customFramework({
    file: [process.execPath, 'run.cjs', '{report}', '{files}'],
    report: 'junit',
    ...command,
  })
  return runIn(root, framework, [FILE], { names })
}

const WRITE = `require('fs').writeFileSync(process.argv[2], `
const PASSES = `<testsuite><testcase file="${FILE}" name="adds"/></testsuite>`
const FAILS = PASSES.replace('/>', '><failure message="assert 1 == 2"/></testcase>')

function red(outcome: Parameters<typeof judgeRed>[0]): string {
  const verdict = judgeRed(outcome, { kind: 'build', allowMissing: 'test', isOwn: () => false })
  return verdict.proves === 'red' ? 'red' : verdict.code
}

describe('a command from the settings', () => {
  test.each(['sh run.sh {files}', 'sh run.sh "{files}"', "sh run.sh '{files}'"])(
    'gives a shell a file name as one word: %s',
    text => {
      const framework = customFramework({ file: ['sh', '-c', text], report: 'exit-code' })
      const request = { cwd: '/p', root: '/p', names: [], report: '/r', key: '' }
      const commandOf = (file: string) =>
        framework.command({ ...request, files: [`/p/${file}`] })?.argv[2]
      expect(["a b'c.test.sh", '$(touch x).test.sh'].map(commandOf)).toEqual([
        `sh run.sh 'a b'\\''c.test.sh'`,
        `sh run.sh '$(touch x).test.sh'`,
      ])
      expect(commandOf('a.test.sh')).toBe(text.replace('{files}', 'a.test.sh'))
    },
  )

  test('is red if its report and its exit code agree', async () => {
    const result = await run(`${WRITE}\`${FAILS}\`); process.exit(1)`)
    expect([red(result), resultLines(result)]).toEqual([
      'red',
      [`${FILE} > adds: failed (assertion)`],
    ])
    expect(result.command).toEqual(['node', 'run.cjs', '{report}/events', FILE])
  })

  test.each([
    ['exit code 0 with failures in the report', `${WRITE}\`${FAILS}\`)`, 'inconsistent'],
    [
      'exit code 1 without failures in the report',
      `${WRITE}\`${PASSES}\`); process.exit(1)`,
      'inconsistent',
    ],
    ['no report', `process.exit(1)`, 'crashed'],
    ['half a report', `${WRITE}\`${FAILS.slice(0, -14)}\`); process.exit(1)`, 'crashed'],
    ['an empty report', `${WRITE}'<testsuites></testsuites>')`, 'no_tests_ran'],
    [
      'bytes that are not text',
      `${WRITE}Buffer.from([255, 254, 0, 60])); process.exit(1)`,
      'crashed',
    ],
    [
      'a report of another file',
      `${WRITE}\`${PASSES.replaceAll('a_test', 'b_test')}\`)`,
      'no_tests_ran',
    ],
    [
      'a process that is killed by a signal',
      `${WRITE}\`${PASSES}\`); process.kill(process.pid, 'SIGKILL')`,
      'inconsistent',
    ],
  ])('with %s is never red', async (_, script, code) => {
    expect(red(await run(script))).toBe(code)
  })

  test('that does not exist is named in the error', async () => {
    const result = await run('', { file: ['no-such-program-anywhere', '{files}'] })
    expect([red(result), result.unhandled]).toEqual([
      'no_command',
      ['The program no-such-program-anywhere was not found.'],
    ])
  })

  test('gets each name as one argument, whatever characters it contains', async () => {
    const name = `a "b" 'c' $(x) \\ -d\n{report}`
    const script = `${WRITE}'<testsuite><testcase file="${FILE}" name="' + process.argv.at(-1).replaceAll('"', '&quot;').replaceAll('\\n', '&#10;') + '"/></testsuite>')`
    const result = await run(script, { name: ['--only', '{name}'] }, [`suite > ${name}`])
    expect(result.command.at(-1)).toBe(name)
    const two = await run(script, { name: ['--only', '{name}'] }, ['one', 'two'])
    expect(resultLines(two)).toEqual([`${FILE} > one: passed`, `${FILE} > two: passed`])
  })

  test('runs the whole file for a name that it could read as an option', async () => {
    const script = `${WRITE}\`${PASSES}\`)`
    for (const name of [['{name}'], ['--only', '{name}'], ['--only', '{path}']]) {
      const { command } = await run(script, { name }, ['--config=other.js'])
      expect(command.slice(-2)).toEqual(['{report}/events', FILE])
    }
    const { command } = await run(script, { name: ['--only={name}'] }, ['--config=other.js'])
    expect(command.at(-1)).toBe('--only=--config=other.js')
  })

  test('that only has an exit code is flagged, and names neither a test nor a reason', async () => {
    const result = await run('process.exit(1)', {
      report: 'exit-code',
      file: ['node', 'run.cjs', '{files}'],
    })
    expect(result).toMatchObject({ exitCodeOnly: true, end: 'complete' })
    expect([red(result), resultLines(result)]).toEqual([
      'red',
      [`${FILE} > exit code: failed (error)`],
    ])
    expect(result.tests[0]?.message).toContain('It is unknown which test failed and why')
    const passed = await run('', { report: 'exit-code', file: ['node', 'run.cjs'] })
    expect([red(passed), passed.exitCodeOnly]).toEqual(['red_passes', true])
  })

  test('that prints TAP runs once per file', async () => {
    const root = projectWith({
      [FILE]: 'x',
      'tests/b_test.js': 'x',
      'run.cjs': `console.log('ok 1 - ' + process.argv.slice(2).join() + '\\n1..1')`,
    })
    const framework = customFramework({ file: ['node', 'run.cjs', '{files}'], report: 'tap' })
    const result = await runIn(root, framework, [FILE, 'tests/b_test.js'])
    expect(resultLines(result)).toEqual([
      `${FILE} > ${FILE}: passed`,
      'tests/b_test.js > tests/b_test.js: passed',
    ])
    expect(result.command).toEqual([
      'node',
      'run.cjs',
      FILE,
      ';',
      'node',
      'run.cjs',
      'tests/b_test.js',
    ])
  })
})

describe('a JUnit report with names relative to a folder of tests', () => {
  const command = (xml: string, code: number, printed = '') => {
    const script = `require('fs').writeFileSync(process.argv[1], ${JSON.stringify(xml)}); console.error(${JSON.stringify(printed)}); process.exit(${code})`
    return customFramework({ file: ['node', '-e', script, '{report}', '{files}'], report: 'junit' })
  }
  const suite = (cases: string) =>
    `<testsuites><testsuite name="s">${cases}</testsuite></testsuites>`
  const FILES = { 'e2e/deep/a.spec.js': 'x', 'e2e/b.spec.js': 'x', 'tests/unit/test_it.py': 'x' }
  const XML = suite(
    '<testcase classname="deep/a.spec.js" name="opens"/><testcase classname="b.spec.js" name="closes"/>' +
      '<testcase classname="unit.test_it.TestSums" name="test_one"/>',
  )

  test('has the same ids for one file and for the suite', async () => {
    const root = projectWith(FILES)
    const ids = [
      'e2e/deep/a.spec.js > opens',
      'e2e/b.spec.js > closes',
      'tests/unit/test_it.py > TestSums > test_one',
    ]
    const all = await runIn(root, command(XML, 0))
    expect(all.tests.map(({ id }) => id).toSorted()).toEqual(ids.toSorted())
    const one = await runIn(root, command(XML, 0), ['e2e/deep/a.spec.js'])
    expect(one.tests.map(({ id }) => id)).toEqual(ids.slice(0, 1))
  })

  test('knows a file that could not be loaded, in the report or by what was printed', async () => {
    const root = projectWith(FILES)
    const failed =
      '<testcase classname="b.spec.js" name="b.spec.js"><failure message="Cannot find module"/></testcase>'
    const file = 'e2e/b.spec.js'
    const named = await runIn(root, command(suite(failed), 1), [file])
    expect(named).toMatchObject({ tests: [], loadErrors: [{ file }] })
    const printed = "Error: Cannot find module '../src/gone.js'"
    const empty = await runIn(root, command(suite(''), 1, printed), [file])
    expect(empty).toMatchObject({ tests: [], loadErrors: [{ file, missing: '../src/gone.js' }] })
    expect(await runIn(root, command(suite(''), 0, printed), [file])).toMatchObject({
      loadErrors: [],
    })
  })
})
