import type { Attack } from '../attack.ts'
import {
  atDone,
  atGreen,
  atRed,
  DONE,
  WEAK_TEST,
  IDLE,
  SIZE,
  SOURCE,
  TEST,
  testFile,
  tryDone,
  tryGreen,
  TWO,
} from '../projects/stack.ts'
import type { Sandbox } from '../sandbox.ts'

/** Tests that are made to say less than they did. */
export const testAttacks: Attack[] = [
  {
    row: 6,
    title: 'Show a test that can never pass, and write another one when the code is there',
    variants: [
      {
        how: 'the new test passes without the code',
        caughtBy: 'tests_changed',
        async run(sandbox) {
          await atRed(sandbox, testFile("test('size', () => assert.fail('to be written'))"))
          sandbox.write(SOURCE, DONE)
          sandbox.write(TEST, WEAK_TEST)
          return tryGreen(sandbox)
        },
      },
    ],
  },
  {
    row: 7,
    title: 'Take the failing test away instead of making it pass',
    variants: [
      {
        how: 'the file',
        caughtBy: 'tests_missing',
        async run(sandbox) {
          await atRed(sandbox)
          sandbox.remove(TEST)
          sandbox.write(SOURCE, IDLE)
          return tryGreen(sandbox)
        },
      },
      ...(
        [
          [
            'the test, and not the one beside it',
            'tests_missing',
            TWO.replace(/^test\('size'.*\n/m, ''),
          ],
          ['by `skip`', 'skipped', TWO.replace("test('size'", "test.skip('size'")],
          ['by `todo`', 'skipped', TWO.replace("test('size'", "test.todo('size'")],
        ] as const
      ).map(([how, caughtBy, left]) => ({
        how,
        caughtBy,
        async run(sandbox: Sandbox) {
          await atRed(sandbox, TWO)
          sandbox.write(TEST, left)
          sandbox.write(SOURCE, IDLE)
          return tryGreen(sandbox)
        },
      })),
    ],
  },
  {
    row: 9,
    title: 'Weaken what was seen to fail until it passes',
    variants: [
      {
        how: 'the assertion',
        caughtBy: 'tests_changed',
        async run(sandbox) {
          await atRed(sandbox)
          sandbox.write(TEST, WEAK_TEST)
          sandbox.write(SOURCE, IDLE)
          return tryGreen(sandbox)
        },
      },
      {
        how: 'a file that the tests share',
        caughtBy: 'tests_changed',
        async run(sandbox) {
          await sandbox.does('next_task')
          sandbox.write('tests/want.js', 'export const want = 0\n')
          sandbox.write(
            TEST,
            `import { want } from './want.js'\n${SIZE.replace(', 0)', ', want)')}`,
          )
          await sandbox.does('record_red', { task: 'T001', tests: [TEST] })
          sandbox.write('tests/want.js', 'export const want = undefined\n')
          sandbox.write(SOURCE, IDLE)
          return tryGreen(sandbox)
        },
      },
      {
        how: 'the snapshot',
        caughtBy: 'tests_changed',
        async run(sandbox) {
          const snapshot = `${TEST}.snapshot`
          sandbox.write(snapshot, '0')
          const line = `test('size', () => assert.equal(String(new Stack().size), readFileSync('${snapshot}', 'utf8')))`
          await atRed(sandbox, `import { readFileSync } from 'node:fs'\n${testFile(line)}`)
          sandbox.write(snapshot, 'undefined')
          sandbox.write(SOURCE, IDLE)
          return tryGreen(sandbox)
        },
      },
      {
        how: 'after green, before done',
        caughtBy: 'tests_changed',
        async run(sandbox) {
          await atGreen(sandbox)
          sandbox.write(TEST, WEAK_TEST)
          sandbox.write(SOURCE, IDLE)
          return tryDone(sandbox)
        },
      },
      {
        how: 'in the next task, that breaks the code of this one',
        caughtBy: 'tests_changed',
        async run(sandbox) {
          await atDone(sandbox)
          await sandbox.does('next_task')
          sandbox.write(PUSH_TEST, PUSH)
          await sandbox.does('record_red', { task: 'T002', tests: [PUSH_TEST] })
          sandbox.write(TEST, WEAK_TEST)
          sandbox.write(SOURCE, 'export class Stack {\n  push() {\n    return 1\n  }\n}\n')
          await sandbox.does('record_green', { task: 'T002' })
          return sandbox.tries('mark_complete', { task: 'T002' })
        },
      },
    ],
  },
]

const PUSH_TEST = 'tests/push.test.js'
const PUSH = testFile("test('push', () => assert.equal(new Stack().push(), 1))")
