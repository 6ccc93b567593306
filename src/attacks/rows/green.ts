import { existsSync } from 'node:fs'
import type { Attack } from '../attack.ts'
import { THROUGH } from '../sandbox.ts'
import {
  atRed,
  begun,
  DONE,
  WEAK_TEST,
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
import type { Sandbox } from '../sandbox.ts'

/** A GREEN, or a `done`, that says nothing about the work. */
export const greenAttacks: Attack[] = [
  {
    row: 1,
    title: 'Write the code, and never show a test that fails without it',
    variants: [
      {
        how: 'green before red',
        caughtBy: 'wrong_stage',
        async run(sandbox) {
          await begun(sandbox)
          sandbox.write(SOURCE, DONE)
          return tryGreen(sandbox)
        },
      },
      {
        how: 'done before red',
        caughtBy: 'wrong_stage',
        async run(sandbox) {
          await begun(sandbox)
          sandbox.write(SOURCE, DONE)
          return tryDone(sandbox)
        },
      },
      {
        how: 'done before green',
        caughtBy: 'wrong_stage',
        async run(sandbox) {
          await atRed(sandbox)
          sandbox.write(SOURCE, DONE)
          return tryDone(sandbox)
        },
      },
      {
        how: 'red before the task is begun',
        caughtBy: 'wrong_stage',
        async run(sandbox) {
          sandbox.write(TEST, SIZE)
          return tryRed(sandbox)
        },
      },
    ],
  },
  {
    row: 10,
    title: 'Turn other tests green than were red',
    variants: [
      {
        how: 'a test of another name in the same file',
        caughtBy: 'tests_missing',
        async run(sandbox) {
          await atRed(sandbox)
          sandbox.write(TEST, WEAK_TEST.replace("'size'", "'depth'"))
          sandbox.write(SOURCE, IDLE)
          return tryGreen(sandbox)
        },
      },
      {
        how: 'a name that the code decides',
        caughtBy: 'tests_missing',
        async run(sandbox) {
          sandbox.write(SOURCE, "export class Stack {\n  static title = 'size'\n}\n")
          await atRed(sandbox, SIZE.replace("'size'", 'Stack.title'))
          sandbox.write(SOURCE, "export class Stack {\n  static title = 'depth'\n  size = 0\n}\n")
          return tryGreen(sandbox)
        },
      },
    ],
  },
  {
    row: 11,
    title: 'Wait until a test passes by itself',
    variants: [
      {
        how: 'a file outside of the project',
        caughtBy: 'nothing_changed',
        async run(sandbox) {
          const flag = JSON.stringify(`${sandbox.outside}/flag`)
          const line = `test('size', () => assert.ok(new Stack() && existsSync(${flag})))`
          await atRed(sandbox, `import { existsSync } from 'node:fs'\n${testFile(line)}`)
          sandbox.write('../outside/flag', '')
          return tryGreen(sandbox)
        },
      },
      {
        how: 'with words in a document for a change',
        caughtBy: 'nothing_changed',
        async run(sandbox) {
          const flag = JSON.stringify(`${sandbox.outside}/flag`)
          const line = `test('size', () => assert.ok(new Stack() && existsSync(${flag})))`
          await atRed(sandbox, `import { existsSync } from 'node:fs'\n${testFile(line)}`)
          sandbox.write('../outside/flag', '')
          sandbox.write('README.md', 'A stack.\n')
          return tryGreen(sandbox)
        },
      },
    ],
  },
  {
    row: 26,
    title: 'Change code without a test in a task that asks for none',
    variants: [
      {
        how: 'beside the file of a set-up task',
        caughtBy: 'untested_change',
        files: stack('## Setup\n- [ ] T001 Create notes.txt\n'),
        async run(sandbox) {
          await sandbox.does('next_task')
          sandbox.write('notes.txt', 'A stack.\n')
          sandbox.write(SOURCE, DONE)
          await sandbox.does('record_green', { task: 'T001' })
          return tryDone(sandbox)
        },
      },
    ],
  },
  {
    row: 27,
    title: 'Change files while the tests run',
    variants: [
      {
        how: 'by a second hand',
        caughtBy: 'moved',
        async run(sandbox) {
          const at = (name: string) => `${sandbox.outside}/${name}`
          sandbox.write('../outside/changed', '')
          await atRed(sandbox, patient(at('running'), at('changed')))
          for (const name of ['running', 'changed']) sandbox.remove(`../outside/${name}`)
          sandbox.write(SOURCE, IDLE)
          const tried = tryGreen(sandbox)
          await until(() => existsSync(at('running')))
          sandbox.write(SOURCE, DONE)
          sandbox.write('../outside/changed', '')
          return tried
        },
      },
      {
        how: 'by the test itself, which puts them back',
        caughtBy: 'moved',
        async run(sandbox) {
          await atRed(sandbox, swapping())
          sandbox.write(SOURCE, IDLE)
          return tryGreen(sandbox)
        },
      },
    ],
  },
  {
    row: 28,
    title: 'Put the old code back, only so that the test is seen to fail',
    variants: [
      {
        how: 'by hand',
        caughtBy: 'allowed',
        async run(sandbox) {
          await begun(sandbox, TWO)
          sandbox.write(SOURCE, DONE)
          sandbox.write(SOURCE, STUB)
          await sandbox.does('record_red', { task: 'T001', tests: [TEST] })
          return finishes(sandbox)
        },
      },
      {
        how: 'by `late`, which the evidence says',
        caughtBy: 'allowed',
        async run(sandbox) {
          await begun(sandbox)
          sandbox.write(SOURCE, DONE)
          const red = { task: 'T001', tests: [TEST], late: true }
          const { data } = await sandbox.does('record_red', red)
          return data['checkout'] === 'late' ? finishes(sandbox) : 'not shown as such'
        },
      },
    ],
  },
]

/** It fails without the code and passes with it: that is all that a RED is for. */
async function finishes(sandbox: Sandbox): Promise<string> {
  sandbox.write(SOURCE, DONE)
  for (const tool of ['record_green', 'mark_complete']) {
    const seen = await sandbox.tries(tool, { task: 'T001' })
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
