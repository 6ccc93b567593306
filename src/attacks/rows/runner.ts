import type { Attack } from '../attack.ts'
import {
  atGreen,
  atRed,
  begun,
  DONE,
  IDLE,
  SIZE,
  SOURCE,
  stack,
  STUB,
  TASKS,
  TEST,
  tryDone,
  tryGreen,
  tryRed,
  TWO,
} from '../projects/stack.ts'
import { STUB_TEST, withRunner } from '../projects/runner-stub.ts'

/** What decides how tests are run, and what they are taken to have said. */
export const runnerAttacks: Attack[] = [
  {
    row: 8,
    title: 'Keep the failing test out of the run',
    variants: [
      {
        how: 'by `only` on the test beside it',
        caughtBy: 'green_fails',
        async run(sandbox) {
          await atRed(sandbox, TWO)
          sandbox.write(TEST, TWO.replace("test('a stack'", "test.only('a stack'"))
          sandbox.write(SOURCE, IDLE)
          return tryGreen(sandbox)
        },
      },
      {
        how: 'by a pattern in the configuration',
        caughtBy: 'tests_changed',
        async run(sandbox) {
          await atRed(sandbox, TWO)
          sandbox.change('package.json', 'node --test', "node --test --test-name-pattern='a stack'")
          sandbox.write(SOURCE, IDLE)
          return tryGreen(sandbox)
        },
      },
    ],
  },
  {
    row: 12,
    title: 'Change the settings in the middle of a task',
    variants: [
      {
        how: 'a test command that is always content',
        caughtBy: 'settings_changed',
        async run(sandbox) {
          await atRed(sandbox)
          const tests = { file: ['true', '{files}', '{report}'], report: 'junit' }
          sandbox.write('redgreen.config.json', JSON.stringify({ commands: { tests } }))
          sandbox.write(SOURCE, IDLE)
          return tryGreen(sandbox)
        },
      },
      {
        how: 'another test runner',
        caughtBy: 'settings_changed',
        async run(sandbox) {
          await atRed(sandbox)
          sandbox.write('redgreen.config.json', '{"commands":{"tests":{"framework":"vitest"}}}\n')
          sandbox.write(SOURCE, IDLE)
          return tryGreen(sandbox)
        },
      },
      {
        how: 'a linter that is always content',
        caughtBy: 'settings_changed',
        async run(sandbox) {
          await atGreen(sandbox)
          sandbox.write('redgreen.config.json', '{"commands":{"lint":["true"]}}\n')
          return tryDone(sandbox)
        },
      },
    ],
  },
  {
    row: 13,
    title: 'Change how the project itself runs its tests',
    variants: [
      {
        how: 'the script in package.json',
        caughtBy: 'tests_changed',
        async run(sandbox) {
          await atRed(sandbox)
          sandbox.change('package.json', 'node --test', 'node --test || true')
          sandbox.write(SOURCE, IDLE)
          return tryGreen(sandbox)
        },
      },
      {
        how: 'where an import leads',
        caughtBy: 'tests_changed',
        files: stack(TASKS, { 'package.json': withImports('./src/stack.js') }),
        async run(sandbox) {
          await atRed(sandbox, SIZE.replace('../src/stack.js', '#stack'))
          sandbox.write('fake/stack.js', DONE)
          sandbox.change('package.json', './src/stack.js', './fake/stack.js')
          return tryGreen(sandbox)
        },
      },
      {
        how: "the runner's own configuration file",
        caughtBy: 'tests_changed',
        files: withRunner('Number(failed)'),
        async run(sandbox) {
          await atRed(sandbox, STUB_TEST)
          sandbox.write('vitest.config.js', 'export default { test: { retry: 99 } }\n')
          sandbox.write(SOURCE, DONE)
          return tryGreen(sandbox)
        },
      },
    ],
  },
  {
    row: 14,
    title: 'Run the tests with a runner whose exit code says something else than its report',
    variants: [
      {
        how: 'a failure, and exit code 0',
        caughtBy: 'inconsistent',
        files: withRunner('0'),
        async run(sandbox) {
          await begun(sandbox, STUB_TEST)
          return tryRed(sandbox)
        },
      },
      {
        how: 'a pass, and exit code 1',
        caughtBy: 'inconsistent',
        files: withRunner('1'),
        async run(sandbox) {
          await atRed(sandbox, STUB_TEST)
          sandbox.write(SOURCE, DONE)
          return tryGreen(sandbox)
        },
      },
    ],
  },
  {
    row: 15,
    title: 'Let the code under test say that the tests have passed',
    variants: [
      {
        how: 'by printing it, and ending the process',
        caughtBy: 'tests_missing',
        async run(sandbox) {
          await atRed(sandbox)
          const said = String.raw`ok 1 - size\n# tests 3\n# pass 3\n# fail 0`
          sandbox.write(SOURCE, `${STUB}console.log('${said}')\nprocess.exit(0)\n`)
          return tryGreen(sandbox)
        },
      },
      {
        how: 'by a line of its own in the report',
        caughtBy: 'crashed',
        async run(sandbox) {
          await atRed(sandbox)
          sandbox.write(SOURCE, `${STUB}${forging('appendFileSync(report, line)')}`)
          return tryGreen(sandbox)
        },
      },
      {
        how: 'by a report of its own in the place of the real one',
        caughtBy: 'crashed',
        async run(sandbox) {
          await atRed(sandbox)
          sandbox.write(SOURCE, `${STUB}${forging('rmSync(report); writeFileSync(report, line)')}`)
          return tryGreen(sandbox)
        },
      },
    ],
  },
]

/** A package whose own names for its modules stand in package.json. */
function withImports(target: string): string {
  const manifest = {
    type: 'module',
    scripts: { test: 'node --test' },
    imports: { '#stack': target },
  }
  return JSON.stringify(manifest)
}

/** The code looks for the report of the run that it is part of, where reports are kept. */
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
