import { existsSync } from 'node:fs'
import type { Attack } from '../attack.ts'
import { SUCCEEDED } from '../sandbox.ts'
import {
  reachRed,
  startTask,
  DONE,
  WEAK_TEST,
  UNRELATED,
  SIZE,
  SOURCE,
  stack,
  STUB,
  TEST,
  testFile,
  tryDone,
  tryGreen,
  tryRed,
  TWO_TESTS,
} from '../projects/stack.ts'
import type { Sandbox } from '../sandbox.ts'

/** A GREEN, or a finished task, without proof of the work. */
export const greenAttacks: Attack[] = [
  {
    row: 1,
    title: 'Write the code without ever showing a failing test',
    variants: [
      {
        how: 'call record_green before record_red',
        stoppedBy: 'wrong_stage',
        async run(sandbox) {
          await startTask(sandbox)
          sandbox.write(SOURCE, DONE)
          return tryGreen(sandbox)
        },
      },
      {
        how: 'call mark_complete before record_red',
        stoppedBy: 'wrong_stage',
        async run(sandbox) {
          await startTask(sandbox)
          sandbox.write(SOURCE, DONE)
          return tryDone(sandbox)
        },
      },
      {
        how: 'call mark_complete before record_green',
        stoppedBy: 'wrong_stage',
        async run(sandbox) {
          await reachRed(sandbox)
          sandbox.write(SOURCE, DONE)
          return tryDone(sandbox)
        },
      },
      {
        how: 'call record_red before the task is started',
        stoppedBy: 'wrong_stage',
        async run(sandbox) {
          sandbox.write(TEST, SIZE)
          return tryRed(sandbox)
        },
      },
    ],
  },
  {
    row: 10,
    title: 'Make other tests pass than those that failed',
    variants: [
      {
        how: 'a test with another name in the same file',
        stoppedBy: 'tests_missing',
        async run(sandbox) {
          await reachRed(sandbox)
          sandbox.write(TEST, WEAK_TEST.replace("'size'", "'depth'"))
          sandbox.write(SOURCE, UNRELATED)
          return tryGreen(sandbox)
        },
      },
      {
        how: 'a test name that the code changes',
        stoppedBy: 'tests_missing',
        async run(sandbox) {
          sandbox.write(SOURCE, "export class Stack {\n  static title = 'size'\n}\n")
          await reachRed(sandbox, SIZE.replace("'size'", 'Stack.title'))
          sandbox.write(SOURCE, "export class Stack {\n  static title = 'depth'\n  size = 0\n}\n")
          return tryGreen(sandbox)
        },
      },
    ],
  },
  {
    row: 11,
    title: 'Let the test pass without any change of the code',
    variants: [
      {
        how: 'the test depends on a file outside the project',
        stoppedBy: 'nothing_changed',
        async run(sandbox) {
          const flag = JSON.stringify(`${sandbox.outside}/flag`)
          const line = `test('size', () => assert.ok(new Stack() && existsSync(${flag})))`
          await reachRed(sandbox, `import { existsSync } from 'node:fs'\n${testFile(line)}`)
          sandbox.write('../outside/flag', '')
          return tryGreen(sandbox)
        },
      },
      {
        how: 'the same, and only a document is changed',
        stoppedBy: 'nothing_changed',
        async run(sandbox) {
          const flag = JSON.stringify(`${sandbox.outside}/flag`)
          const line = `test('size', () => assert.ok(new Stack() && existsSync(${flag})))`
          await reachRed(sandbox, `import { existsSync } from 'node:fs'\n${testFile(line)}`)
          sandbox.write('../outside/flag', '')
          sandbox.write('README.md', 'A stack.\n')
          return tryGreen(sandbox)
        },
      },
    ],
  },
  {
    row: 26,
    title: 'Change code in a task that needs no test',
    variants: [
      {
        how: 'source code next to the file of a set-up task',
        stoppedBy: 'untested_change',
        files: stack('## Setup\n- [ ] T001 Create notes.txt\n'),
        async run(sandbox) {
          await sandbox.work('next_task')
          sandbox.write('notes.txt', 'A stack.\n')
          sandbox.write(SOURCE, DONE)
          await sandbox.work('record_green', { task: 'T001' })
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
        how: 'by another process',
        stoppedBy: 'moved',
        async run(sandbox) {
          const at = (name: string) => `${sandbox.outside}/${name}`
          sandbox.write('../outside/changed', '')
          await reachRed(sandbox, waitingTest(at('running'), at('changed')))
          for (const name of ['running', 'changed']) sandbox.remove(`../outside/${name}`)
          sandbox.write(SOURCE, UNRELATED)
          const attempt = tryGreen(sandbox)
          await until(() => existsSync(at('running')))
          sandbox.write(SOURCE, DONE)
          sandbox.write('../outside/changed', '')
          return attempt
        },
      },
      {
        how: 'by the test itself, which restores them',
        stoppedBy: 'moved',
        async run(sandbox) {
          await reachRed(sandbox, swappingTest())
          sandbox.write(SOURCE, UNRELATED)
          return tryGreen(sandbox)
        },
      },
    ],
  },
  {
    row: 28,
    title: 'Write the code first, and remove it only to see the test fail',
    variants: [
      {
        how: 'restore the old code by hand',
        stoppedBy: 'allowed',
        async run(sandbox) {
          await startTask(sandbox, TWO_TESTS)
          sandbox.write(SOURCE, DONE)
          sandbox.write(SOURCE, STUB)
          await sandbox.work('record_red', { task: 'T001', tests: [TEST] })
          return finishes(sandbox)
        },
      },
      {
        how: 'use `late`, which the evidence records',
        stoppedBy: 'allowed',
        async run(sandbox) {
          await startTask(sandbox)
          sandbox.write(SOURCE, DONE)
          const red = { task: 'T001', tests: [TEST], late: true }
          const { data } = await sandbox.work('record_red', red)
          return data['checkout'] === 'late' ? finishes(sandbox) : 'not recorded as late'
        },
      },
    ],
  },
]

/** The test fails without the code and passes with it, which is all that a RED has to prove. */
async function finishes(sandbox: Sandbox): Promise<string> {
  sandbox.write(SOURCE, DONE)
  for (const tool of ['record_green', 'mark_complete']) {
    const result = await sandbox.attempt(tool, { task: 'T001' })
    if (result !== SUCCEEDED) return result
  }
  return 'allowed'
}

/** A test that creates the file `running`, then waits for the file `changed` before it imports the code. */
function waitingTest(running: string, changed: string): string {
  const [signal, wanted] = [JSON.stringify(running), JSON.stringify(changed)]
  return [
    "import test from 'node:test'",
    "import assert from 'node:assert/strict'",
    "import { existsSync, writeFileSync } from 'node:fs'",
    "test('size', async () => {",
    `  writeFileSync(${signal}, '')`,
    `  while (!existsSync(${wanted})) await new Promise(again => setTimeout(again, 20))`,
    "  const { Stack } = await import('../src/stack.js')",
    '  assert.equal(new Stack().size, 0)',
    '})',
    '',
  ].join('\n')
}

/** A test that replaces the source while it imports it, and restores it. */
function swappingTest(): string {
  const file = JSON.stringify(SOURCE)
  return [
    "import test from 'node:test'",
    "import assert from 'node:assert/strict'",
    "import { readFileSync, writeFileSync } from 'node:fs'",
    "test('size', async () => {",
    `  const before = readFileSync(${file}, 'utf8')`,
    "  const isUnrelated = before.includes('depth')",
    `  if (isUnrelated) writeFileSync(${file}, ${JSON.stringify(DONE)})`,
    "  const { Stack } = await import('../src/stack.js')",
    `  if (isUnrelated) writeFileSync(${file}, before)`,
    '  assert.equal(new Stack().size, 0)',
    '})',
    '',
  ].join('\n')
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise(again => setTimeout(again, 20))
}
