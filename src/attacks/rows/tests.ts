import type { Attack } from '../attack.ts'
import {
  reachDone,
  reachGreen,
  reachRed,
  DONE,
  WEAK_TEST,
  UNRELATED,
  SIZE,
  SOURCE,
  TEST,
  testFile,
  tryDone,
  tryGreen,
  TWO_TESTS,
} from '../projects/stack.ts'
import type { Sandbox } from '../sandbox.ts'

/** Weakened, removed or skipped tests. */
export const testAttacks: Attack[] = [
  {
    row: 6,
    title: 'Present a test that can never pass, and replace it after the code is written',
    variants: [
      {
        how: 'the new test passes without the code',
        stoppedBy: 'tests_changed',
        async run(sandbox) {
          await reachRed(sandbox, testFile("test('size', () => assert.fail('to be written'))"))
          sandbox.write(SOURCE, DONE)
          sandbox.write(TEST, WEAK_TEST)
          return tryGreen(sandbox)
        },
      },
    ],
  },
  {
    row: 7,
    title: 'Remove the failing test instead of making it pass',
    variants: [
      {
        how: 'delete the file',
        stoppedBy: 'tests_missing',
        async run(sandbox) {
          await reachRed(sandbox)
          sandbox.remove(TEST)
          sandbox.write(SOURCE, UNRELATED)
          return tryGreen(sandbox)
        },
      },
      ...(
        [
          [
            'delete the test, but not the other one',
            'tests_missing',
            TWO_TESTS.replace(/^test\('size'.*\n/m, ''),
          ],
          ['mark it with `skip`', 'skipped', TWO_TESTS.replace("test('size'", "test.skip('size'")],
          ['mark it with `todo`', 'skipped', TWO_TESTS.replace("test('size'", "test.todo('size'")],
        ] as const
      ).map(([how, stoppedBy, text]) => ({
        how,
        stoppedBy,
        async run(sandbox: Sandbox) {
          await reachRed(sandbox, TWO_TESTS)
          sandbox.write(TEST, text)
          sandbox.write(SOURCE, UNRELATED)
          return tryGreen(sandbox)
        },
      })),
    ],
  },
  {
    row: 9,
    title: 'Weaken the failing test until it passes',
    variants: [
      {
        how: 'the assertion',
        stoppedBy: 'tests_changed',
        async run(sandbox) {
          await reachRed(sandbox)
          sandbox.write(TEST, WEAK_TEST)
          sandbox.write(SOURCE, UNRELATED)
          return tryGreen(sandbox)
        },
      },
      {
        how: 'a file that tests share',
        stoppedBy: 'tests_changed',
        async run(sandbox) {
          await sandbox.work('next_task')
          sandbox.write('tests/want.js', 'export const want = 0\n')
          sandbox.write(
            TEST,
            `import { want } from './want.js'\n${SIZE.replace(', 0)', ', want)')}`,
          )
          await sandbox.work('record_red', { task: 'T001', tests: [TEST] })
          sandbox.write('tests/want.js', 'export const want = undefined\n')
          sandbox.write(SOURCE, UNRELATED)
          return tryGreen(sandbox)
        },
      },
      {
        how: 'the snapshot',
        stoppedBy: 'tests_changed',
        async run(sandbox) {
          const snapshot = `${TEST}.snapshot`
          sandbox.write(snapshot, '0')
          const line = `test('size', () => assert.equal(String(new Stack().size), readFileSync('${snapshot}', 'utf8')))`
          await reachRed(sandbox, `import { readFileSync } from 'node:fs'\n${testFile(line)}`)
          sandbox.write(snapshot, 'undefined')
          sandbox.write(SOURCE, UNRELATED)
          return tryGreen(sandbox)
        },
      },
      {
        how: 'between green and done',
        stoppedBy: 'tests_changed',
        async run(sandbox) {
          await reachGreen(sandbox)
          sandbox.write(TEST, WEAK_TEST)
          sandbox.write(SOURCE, UNRELATED)
          return tryDone(sandbox)
        },
      },
      {
        how: 'during the next task, which breaks the code of this one',
        stoppedBy: 'tests_changed',
        async run(sandbox) {
          await reachDone(sandbox)
          await sandbox.work('next_task')
          sandbox.write(PUSH_TEST, PUSH)
          await sandbox.work('record_red', { task: 'T002', tests: [PUSH_TEST] })
          sandbox.write(TEST, WEAK_TEST)
          sandbox.write(SOURCE, 'export class Stack {\n  push() {\n    return 1\n  }\n}\n')
          await sandbox.work('record_green', { task: 'T002' })
          return sandbox.attempt('mark_complete', { task: 'T002' })
        },
      },
    ],
  },
]

const PUSH_TEST = 'tests/push.test.js'
const PUSH = testFile("test('push', () => assert.equal(new Stack().push(), 1))")
