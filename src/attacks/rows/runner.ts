import type { Attack } from '../attack.ts'
import {
  reachGreen,
  reachRed,
  startTask,
  DONE,
  UNRELATED,
  SIZE,
  SOURCE,
  stack,
  STUB,
  TASKS,
  TEST,
  testFile,
  tryDone,
  tryGreen,
  tryRed,
  TWO_TESTS,
} from '../projects/stack.ts'
import { STUB_TEST, withRunner } from '../projects/runner-stub.ts'

/** Manipulation of the test runner, its configuration and its report. */
export const runnerAttacks: Attack[] = [
  {
    row: 8,
    title: 'Exclude the failing test from the run',
    variants: [
      {
        how: 'with `only` on another test',
        stoppedBy: 'green_fails',
        async run(sandbox) {
          await reachRed(sandbox, TWO_TESTS)
          sandbox.write(TEST, TWO_TESTS.replace("test('a stack'", "test.only('a stack'"))
          sandbox.write(SOURCE, UNRELATED)
          return tryGreen(sandbox)
        },
      },
      {
        how: 'with a name pattern in the configuration',
        stoppedBy: 'tests_changed',
        async run(sandbox) {
          await reachRed(sandbox, TWO_TESTS)
          sandbox.change('package.json', 'node --test', "node --test --test-name-pattern='a stack'")
          sandbox.write(SOURCE, UNRELATED)
          return tryGreen(sandbox)
        },
      },
    ],
  },
  {
    row: 75,
    title: 'Name a file or a folder like an option of the test runner',
    variants: [
      {
        how: 'a folder that makes the runner load a file, which leaves a failing test out',
        stoppedBy: 'suite_fails',
        async run(sandbox) {
          await reachGreen(sandbox)
          sandbox.write('tests/z.test.js', testFile("test('z', () => assert.fail())"))
          sandbox.write('--require=./evil/a.test.cjs', '')
          sandbox.write('evil/a.test.cjs', LEAVE_OUT)
          return tryDone(sandbox)
        },
      },
    ],
  },
  {
    row: 12,
    title: 'Change the settings during a task',
    variants: [
      {
        how: 'a test command that always succeeds',
        stoppedBy: 'settings_changed',
        async run(sandbox) {
          await reachRed(sandbox)
          const tests = { file: ['true', '{files}', '{report}'], report: 'junit' }
          sandbox.write('redgreen.config.json', JSON.stringify({ commands: { tests } }))
          sandbox.write(SOURCE, UNRELATED)
          return tryGreen(sandbox)
        },
      },
      {
        how: 'another test runner',
        stoppedBy: 'settings_changed',
        async run(sandbox) {
          await reachRed(sandbox)
          sandbox.write('redgreen.config.json', '{"commands":{"tests":{"framework":"vitest"}}}\n')
          sandbox.write(SOURCE, UNRELATED)
          return tryGreen(sandbox)
        },
      },
      {
        how: 'a linter that always succeeds',
        stoppedBy: 'settings_changed',
        async run(sandbox) {
          await reachGreen(sandbox)
          sandbox.write('redgreen.config.json', '{"commands":{"lint":["true"]}}\n')
          return tryDone(sandbox)
        },
      },
    ],
  },
  {
    row: 13,
    title: 'Change how the project runs its tests',
    variants: [
      {
        how: 'the script in package.json',
        stoppedBy: 'tests_changed',
        async run(sandbox) {
          await reachRed(sandbox)
          sandbox.change('package.json', 'node --test', 'node --test || true')
          sandbox.write(SOURCE, UNRELATED)
          return tryGreen(sandbox)
        },
      },
      {
        how: 'the target of an import',
        stoppedBy: 'tests_changed',
        files: stack(TASKS, { 'package.json': withImports('./src/stack.js') }),
        async run(sandbox) {
          await reachRed(sandbox, SIZE.replace('../src/stack.js', '#stack'))
          sandbox.write('fake/stack.js', DONE)
          sandbox.change('package.json', './src/stack.js', './fake/stack.js')
          return tryGreen(sandbox)
        },
      },
      {
        how: "the runner's own configuration file",
        stoppedBy: 'tests_changed',
        files: withRunner('Number(failed)'),
        async run(sandbox) {
          await reachRed(sandbox, STUB_TEST)
          sandbox.write('vitest.config.js', 'export default { test: { retry: 99 } }\n')
          sandbox.write(SOURCE, DONE)
          return tryGreen(sandbox)
        },
      },
    ],
  },
  {
    row: 14,
    title: 'Use a runner whose exit code contradicts its report',
    variants: [
      {
        how: 'a failure with exit code 0',
        stoppedBy: 'inconsistent',
        files: withRunner('0'),
        async run(sandbox) {
          await startTask(sandbox, STUB_TEST)
          return tryRed(sandbox)
        },
      },
      {
        how: 'a pass with exit code 1',
        stoppedBy: 'inconsistent',
        files: withRunner('1'),
        async run(sandbox) {
          await reachRed(sandbox, STUB_TEST)
          sandbox.write(SOURCE, DONE)
          return tryGreen(sandbox)
        },
      },
    ],
  },
  {
    row: 15,
    title: 'Let the code under test report that the tests passed',
    variants: [
      {
        how: 'print a report and exit',
        stoppedBy: 'tests_missing',
        async run(sandbox) {
          await reachRed(sandbox)
          const report = String.raw`ok 1 - size\n# tests 3\n# pass 3\n# fail 0`
          sandbox.write(SOURCE, `${STUB}console.log('${report}')\nprocess.exit(0)\n`)
          return tryGreen(sandbox)
        },
      },
      {
        how: 'append a line to the report',
        stoppedBy: 'crashed',
        async run(sandbox) {
          await reachRed(sandbox)
          sandbox.write(SOURCE, `${STUB}${forging('appendFileSync(report, line)')}`)
          return tryGreen(sandbox)
        },
      },
      {
        how: 'replace the report',
        stoppedBy: 'crashed',
        async run(sandbox) {
          await reachRed(sandbox)
          sandbox.write(SOURCE, `${STUB}${forging('rmSync(report); writeFileSync(report, line)')}`)
          return tryGreen(sandbox)
        },
      },
    ],
  },
]

/** Removes a test file from the arguments of the runner that loads this file. */
const LEAVE_OUT = `if (process.env.REDGREEN_REPORT) {
  process.argv = process.argv.filter(word => !word.includes('z.test'))
}
`

/** A package.json with an import alias. */
function withImports(target: string): string {
  const manifest = {
    type: 'module',
    scripts: { test: 'node --test' },
    imports: { '#stack': target },
  }
  return JSON.stringify(manifest)
}

/** Code that finds the report of the test run that it is part of, and forges it. */
function forging(forge: string): string {
  const line = JSON.stringify({
    ev: 'test',
    file: TEST,
    key: 'size',
    name: 'size',
    state: 'passed',
  })
  return [
    "import { appendFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'",
    "import { tmpdir } from 'node:os'",
    "const folder = readdirSync(tmpdir()).find(name => name.startsWith('redgreen-report-'))",
    "const report = tmpdir() + '/' + folder + '/events'",
    `const line = '${'0'.repeat(32)} ${line}\\n'`,
    forge,
    'process.exit(0)',
    '',
  ].join('\n')
}
