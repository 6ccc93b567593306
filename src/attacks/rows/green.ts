import { existsSync } from 'node:fs'
import type { Cheat } from '../attack.ts'
import { THROUGH } from '../sandbox.ts'
import {
  atRed,
  begun,
  DONE,
  EASY,
  IDLE,
  SIZE,
  SOURCE,
  stack,
  STUB,
  TEST,
  testFile,
  tryDone,
  tryGreen,
  tryRed,
  TWO,
} from '../projects/stack.ts'
import type { Stage } from '../sandbox.ts'

/** A GREEN, or a `done`, that says nothing about the work. */
export const greenCheats: Cheat[] = [
  {
    row: 1,
    cheat: 'Write the code, and never show a test that fails without it',
    ways: [
      {
        how: 'green before red',
        caughtBy: 'wrong_stage',
        async play(stage) {
          await begun(stage)
          stage.write(SOURCE, DONE)
          return tryGreen(stage)
        },
      },
      {
        how: 'done before red',
        caughtBy: 'wrong_stage',
        async play(stage) {
          await begun(stage)
          stage.write(SOURCE, DONE)
          return tryDone(stage)
        },
      },
      {
        how: 'done before green',
        caughtBy: 'wrong_stage',
        async play(stage) {
          await atRed(stage)
          stage.write(SOURCE, DONE)
          return tryDone(stage)
        },
      },
      {
        how: 'red before the task is begun',
        caughtBy: 'wrong_stage',
        async play(stage) {
          stage.write(TEST, SIZE)
          return tryRed(stage)
        },
      },
    ],
  },
  {
    row: 10,
    cheat: 'Turn other tests green than were red',
    ways: [
      {
        how: 'a test of another name in the same file',
        caughtBy: 'tests_missing',
        async play(stage) {
          await atRed(stage)
          stage.write(TEST, EASY.replace("'size'", "'depth'"))
          stage.write(SOURCE, IDLE)
          return tryGreen(stage)
        },
      },
      {
        how: 'a name that the code decides',
        caughtBy: 'tests_missing',
        async play(stage) {
          stage.write(SOURCE, "export class Stack {\n  static title = 'size'\n}\n")
          await atRed(stage, SIZE.replace("'size'", 'Stack.title'))
          stage.write(SOURCE, "export class Stack {\n  static title = 'depth'\n  size = 0\n}\n")
          return tryGreen(stage)
        },
      },
    ],
  },
  {
    row: 11,
    cheat: 'Wait until a test passes by itself',
    ways: [
      {
        how: 'a file outside of the project',
        caughtBy: 'nothing_changed',
        async play(stage) {
          const flag = JSON.stringify(`${stage.outside}/flag`)
          const line = `test('size', () => assert.ok(new Stack() && existsSync(${flag})))`
          await atRed(stage, `import { existsSync } from 'node:fs'\n${testFile(line)}`)
          stage.write('../outside/flag', '')
          return tryGreen(stage)
        },
      },
      {
        how: 'with words in a document for a change',
        caughtBy: 'nothing_changed',
        async play(stage) {
          const flag = JSON.stringify(`${stage.outside}/flag`)
          const line = `test('size', () => assert.ok(new Stack() && existsSync(${flag})))`
          await atRed(stage, `import { existsSync } from 'node:fs'\n${testFile(line)}`)
          stage.write('../outside/flag', '')
          stage.write('README.md', 'A stack.\n')
          return tryGreen(stage)
        },
      },
    ],
  },
  {
    row: 26,
    cheat: 'Change code without a test in a task that asks for none',
    ways: [
      {
        how: 'beside the file of a set-up task',
        caughtBy: 'untested_change',
        files: stack('## Setup\n- [ ] T001 Create notes.txt\n'),
        async play(stage) {
          await stage.does('next_task')
          stage.write('notes.txt', 'A stack.\n')
          stage.write(SOURCE, DONE)
          await stage.does('record_green', { task: 'T001' })
          return tryDone(stage)
        },
      },
    ],
  },
  {
    row: 27,
    cheat: 'Change files while the tests run',
    ways: [
      {
        how: 'by a second hand',
        caughtBy: 'moved',
        async play(stage) {
          const at = (name: string) => `${stage.outside}/${name}`
          stage.write('../outside/changed', '')
          await atRed(stage, patient(at('running'), at('changed')))
          for (const name of ['running', 'changed']) stage.remove(`../outside/${name}`)
          stage.write(SOURCE, IDLE)
          const tried = tryGreen(stage)
          await until(() => existsSync(at('running')))
          stage.write(SOURCE, DONE)
          stage.write('../outside/changed', '')
          return tried
        },
      },
      {
        how: 'by the test itself, which puts them back',
        caughtBy: 'moved',
        async play(stage) {
          await atRed(stage, swapping())
          stage.write(SOURCE, IDLE)
          return tryGreen(stage)
        },
      },
    ],
  },
  {
    row: 28,
    cheat: 'Put the old code back, only so that the test is seen to fail',
    ways: [
      {
        how: 'by hand',
        caughtBy: 'allowed',
        async play(stage) {
          await begun(stage, TWO)
          stage.write(SOURCE, DONE)
          stage.write(SOURCE, STUB)
          await stage.does('record_red', { task: 'T001', tests: [TEST] })
          return finishes(stage)
        },
      },
      {
        how: 'by `late`, which the evidence says',
        caughtBy: 'allowed',
        async play(stage) {
          await begun(stage)
          stage.write(SOURCE, DONE)
          const red = { task: 'T001', tests: [TEST], late: true }
          const { data } = await stage.does('record_red', red)
          return data['aside'] === 'late' ? finishes(stage) : 'not shown as such'
        },
      },
    ],
  },
]

/** It fails without the code and passes with it: that is all that a RED is for. */
async function finishes(stage: Stage): Promise<string> {
  stage.write(SOURCE, DONE)
  for (const tool of ['record_green', 'mark_complete']) {
    const seen = await stage.tries(tool, { task: 'T001' })
    if (seen !== THROUGH) return seen
  }
  return 'allowed'
}

/** A test that says when it runs, and waits for somebody before it looks at the code. */
function patient(running: string, changed: string): string {
  const [mine, theirs] = [JSON.stringify(running), JSON.stringify(changed)]
  return [
    "import test from 'node:test'",
    "import assert from 'node:assert/strict'",
    "import { existsSync, writeFileSync } from 'node:fs'",
    "test('size', async () => {",
    `  writeFileSync(${mine}, '')`,
    `  while (!existsSync(${theirs})) await new Promise(again => setTimeout(again, 20))`,
    "  const { Stack } = await import('../src/stack.js')",
    '  assert.equal(new Stack().size, 0)',
    '})',
    '',
  ].join('\n')
}

/** A test that brings the code with it for as long as it runs. */
function swapping(): string {
  const file = JSON.stringify(SOURCE)
  return [
    "import test from 'node:test'",
    "import assert from 'node:assert/strict'",
    "import { readFileSync, writeFileSync } from 'node:fs'",
    "test('size', async () => {",
    `  const before = readFileSync(${file}, 'utf8')`,
    "  const isIdle = before.includes('depth')",
    `  if (isIdle) writeFileSync(${file}, ${JSON.stringify(DONE)})`,
    "  const { Stack } = await import('../src/stack.js')",
    `  if (isIdle) writeFileSync(${file}, before)`,
    '  assert.equal(new Stack().size, 0)',
    '})',
    '',
  ].join('\n')
}

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise(again => setTimeout(again, 20))
}
