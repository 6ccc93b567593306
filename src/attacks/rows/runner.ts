import type { Cheat } from '../attack.ts'
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
export const runnerCheats: Cheat[] = [
  {
    row: 8,
    cheat: 'Keep the failing test out of the run',
    ways: [
      {
        how: 'by `only` on the test beside it',
        caughtBy: 'green_fails',
        async play(stage) {
          await atRed(stage, TWO)
          stage.write(TEST, TWO.replace("test('a stack'", "test.only('a stack'"))
          stage.write(SOURCE, IDLE)
          return tryGreen(stage)
        },
      },
      {
        how: 'by a pattern in the configuration',
        caughtBy: 'tests_changed',
        async play(stage) {
          await atRed(stage, TWO)
          stage.change('package.json', 'node --test', "node --test --test-name-pattern='a stack'")
          stage.write(SOURCE, IDLE)
          return tryGreen(stage)
        },
      },
    ],
  },
  {
    row: 12,
    cheat: 'Change the settings in the middle of a task',
    ways: [
      {
        how: 'a test command that is always content',
        caughtBy: 'settings_changed',
        async play(stage) {
          await atRed(stage)
          const tests = { file: ['true', '{files}', '{report}'], report: 'junit' }
          stage.write('redgreen.config.json', JSON.stringify({ commands: { tests } }))
          stage.write(SOURCE, IDLE)
          return tryGreen(stage)
        },
      },
      {
        how: 'another test runner',
        caughtBy: 'settings_changed',
        async play(stage) {
          await atRed(stage)
          stage.write('redgreen.config.json', '{"commands":{"tests":{"framework":"vitest"}}}\n')
          stage.write(SOURCE, IDLE)
          return tryGreen(stage)
        },
      },
      {
        how: 'a linter that is always content',
        caughtBy: 'settings_changed',
        async play(stage) {
          await atGreen(stage)
          stage.write('redgreen.config.json', '{"commands":{"lint":["true"]}}\n')
          return tryDone(stage)
        },
      },
    ],
  },
  {
    row: 13,
    cheat: 'Change how the project itself runs its tests',
    ways: [
      {
        how: 'the script in package.json',
        caughtBy: 'tests_changed',
        async play(stage) {
          await atRed(stage)
          stage.change('package.json', 'node --test', 'node --test || true')
          stage.write(SOURCE, IDLE)
          return tryGreen(stage)
        },
      },
      {
        how: 'where an import leads',
        caughtBy: 'tests_changed',
        files: stack(TASKS, { 'package.json': withImports('./src/stack.js') }),
        async play(stage) {
          await atRed(stage, SIZE.replace('../src/stack.js', '#stack'))
          stage.write('fake/stack.js', DONE)
          stage.change('package.json', './src/stack.js', './fake/stack.js')
          return tryGreen(stage)
        },
      },
      {
        how: "the runner's own configuration file",
        caughtBy: 'tests_changed',
        files: withRunner('Number(failed)'),
        async play(stage) {
          await atRed(stage, STUB_TEST)
          stage.write('vitest.config.js', 'export default { test: { retry: 99 } }\n')
          stage.write(SOURCE, DONE)
          return tryGreen(stage)
        },
      },
    ],
  },
  {
    row: 14,
    cheat: 'Run the tests with a runner whose exit code says something else than its report',
    ways: [
      {
        how: 'a failure, and exit code 0',
        caughtBy: 'inconsistent',
        files: withRunner('0'),
        async play(stage) {
          await begun(stage, STUB_TEST)
          return tryRed(stage)
        },
      },
      {
        how: 'a pass, and exit code 1',
        caughtBy: 'inconsistent',
        files: withRunner('1'),
        async play(stage) {
          await atRed(stage, STUB_TEST)
          stage.write(SOURCE, DONE)
          return tryGreen(stage)
        },
      },
    ],
  },
  {
    row: 15,
    cheat: 'Let the code under test say that the tests have passed',
    ways: [
      {
        how: 'by printing it, and ending the process',
        caughtBy: 'tests_missing',
        async play(stage) {
          await atRed(stage)
          const said = String.raw`ok 1 - size\n# tests 3\n# pass 3\n# fail 0`
          stage.write(SOURCE, `${STUB}console.log('${said}')\nprocess.exit(0)\n`)
          return tryGreen(stage)
        },
      },
      {
        how: 'by a line of its own in the report',
        caughtBy: 'crashed',
        async play(stage) {
          await atRed(stage)
          stage.write(SOURCE, `${STUB}${forging('appendFileSync(report, line)')}`)
          return tryGreen(stage)
        },
      },
      {
        how: 'by a report of its own in the place of the real one',
        caughtBy: 'crashed',
        async play(stage) {
          await atRed(stage)
          stage.write(SOURCE, `${STUB}${forging('rmSync(report); writeFileSync(report, line)')}`)
          return tryGreen(stage)
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
