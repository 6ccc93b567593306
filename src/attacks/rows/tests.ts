import type { Cheat } from '../attack.ts'
import {
  atDone,
  atGreen,
  atRed,
  DONE,
  EASY,
  IDLE,
  SIZE,
  SOURCE,
  TEST,
  testFile,
  tryDone,
  tryGreen,
  TWO,
} from '../projects/stack.ts'
import type { Stage } from '../sandbox.ts'

/** Tests that are made to say less than they did. */
export const testCheats: Cheat[] = [
  {
    row: 6,
    cheat: 'Show a test that can never pass, and write another one when the code is there',
    ways: [
      {
        how: 'the new test passes without the code',
        caughtBy: 'tests_changed',
        async play(stage) {
          await atRed(stage, testFile("test('size', () => assert.fail('to be written'))"))
          stage.write(SOURCE, DONE)
          stage.write(TEST, EASY)
          return tryGreen(stage)
        },
      },
    ],
  },
  {
    row: 7,
    cheat: 'Take the failing test away instead of making it pass',
    ways: [
      {
        how: 'the file',
        caughtBy: 'tests_missing',
        async play(stage) {
          await atRed(stage)
          stage.remove(TEST)
          stage.write(SOURCE, IDLE)
          return tryGreen(stage)
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
        async play(stage: Stage) {
          await atRed(stage, TWO)
          stage.write(TEST, left)
          stage.write(SOURCE, IDLE)
          return tryGreen(stage)
        },
      })),
    ],
  },
  {
    row: 9,
    cheat: 'Weaken what was seen to fail until it passes',
    ways: [
      {
        how: 'the assertion',
        caughtBy: 'tests_changed',
        async play(stage) {
          await atRed(stage)
          stage.write(TEST, EASY)
          stage.write(SOURCE, IDLE)
          return tryGreen(stage)
        },
      },
      {
        how: 'a file that the tests share',
        caughtBy: 'tests_changed',
        async play(stage) {
          await stage.does('next_task')
          stage.write('tests/want.js', 'export const want = 0\n')
          stage.write(TEST, `import { want } from './want.js'\n${SIZE.replace(', 0)', ', want)')}`)
          await stage.does('record_red', { task: 'T001', tests: [TEST] })
          stage.write('tests/want.js', 'export const want = undefined\n')
          stage.write(SOURCE, IDLE)
          return tryGreen(stage)
        },
      },
      {
        how: 'the snapshot',
        caughtBy: 'tests_changed',
        async play(stage) {
          const snapshot = `${TEST}.snapshot`
          stage.write(snapshot, '0')
          const line = `test('size', () => assert.equal(String(new Stack().size), readFileSync('${snapshot}', 'utf8')))`
          await atRed(stage, `import { readFileSync } from 'node:fs'\n${testFile(line)}`)
          stage.write(snapshot, 'undefined')
          stage.write(SOURCE, IDLE)
          return tryGreen(stage)
        },
      },
      {
        how: 'after green, before done',
        caughtBy: 'tests_changed',
        async play(stage) {
          await atGreen(stage)
          stage.write(TEST, EASY)
          stage.write(SOURCE, IDLE)
          return tryDone(stage)
        },
      },
      {
        how: 'in the next task, that breaks the code of this one',
        caughtBy: 'tests_changed',
        async play(stage) {
          await atDone(stage)
          await stage.does('next_task')
          stage.write(PUSH_TEST, PUSH)
          await stage.does('record_red', { task: 'T002', tests: [PUSH_TEST] })
          stage.write(TEST, EASY)
          stage.write(SOURCE, 'export class Stack {\n  push() {\n    return 1\n  }\n}\n')
          await stage.does('record_green', { task: 'T002' })
          return stage.tries('mark_complete', { task: 'T002' })
        },
      },
    ],
  },
]

const PUSH_TEST = 'tests/push.test.js'
const PUSH = testFile("test('push', () => assert.equal(new Stack().push(), 1))")
