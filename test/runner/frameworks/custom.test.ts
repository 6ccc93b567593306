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
