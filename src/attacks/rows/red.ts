import type { Cheat } from '../attack.ts'
import { begun, EASY, SIZE, stack, TASKS, TEST, testFile, tryRed } from '../projects/stack.ts'
import type { Stage } from '../sandbox.ts'

/** A RED that says nothing about the work. */
export const redCheats: Cheat[] = [
  {
    row: 2,
    cheat: 'Show a test that passes already as the failing one',
    ways: [
      {
        how: 'a test of what is there',
        caughtBy: 'red_passes',
        async play(stage) {
          await begun(stage, EASY)
          return tryRed(stage)
        },
      },
    ],
  },
  {
    row: 3,
    cheat: 'Show a test file in which no test runs',
    ways: [
      ...(
        [
          ['an empty file', ''],
          ['tests that are skipped', "test.skip('size', () => assert.fail())"],
          ['tests that are still to be written', "test.todo('size')"],
        ] as const
      ).map(([how, line]) => ({
        how,
        caughtBy: 'no_tests_ran' as const,
        async play(stage: Stage) {
          await begun(stage, line === '' ? '' : testFile(line))
          return tryRed(stage)
        },
      })),
      {
        how: 'a name that no test has',
        caughtBy: 'no_tests_ran',
        async play(stage) {
          await begun(stage)
          return tryRed(stage, { names: ['weight'] })
        },
      },
      {
        how: 'a path where nothing is',
        caughtBy: 'test_missing',
        async play(stage) {
          await begun(stage)
          return tryRed(stage, { tests: ['tests/weight.test.js'] })
        },
      },
      {
        how: 'a file that is no test',
        caughtBy: 'not_a_test',
        async play(stage) {
          await begun(stage)
          stage.write('src/size.js', SIZE)
          return tryRed(stage, { tests: ['src/size.js'] })
        },
      },
    ],
  },
  {
    row: 4,
    cheat: 'Let the test fail because it cannot be loaded',
    ways: [
      {
        how: 'a syntax error',
        caughtBy: 'red_not_loaded',
        async play(stage) {
          await begun(stage, `${SIZE}const broken = ;\n`)
          return tryRed(stage)
        },
      },
      {
        how: 'a package that is not installed',
        caughtBy: 'red_not_loaded',
        async play(stage) {
          await begun(stage, `import 'no-such-package'\n${SIZE}`)
          return tryRed(stage)
        },
      },
    ],
  },
  {
    row: 5,
    cheat: 'Take a test that failed before the task was begun',
    ways: [
      {
        how: 'the old file',
        caughtBy: 'red_not_new',
        files: stack(TASKS, { [TEST]: SIZE }),
        async play(stage) {
          await begun(stage)
          return tryRed(stage)
        },
      },
      {
        how: 'a copy of it',
        caughtBy: 'red_not_new',
        files: stack(TASKS, { 'tests/old.test.js': SIZE }),
        async play(stage) {
          await begun(stage)
          return tryRed(stage)
        },
      },
      {
        how: 'a file that git ignores, so that nobody sees its age',
        caughtBy: 'not_a_test',
        files: stack(TASKS, { [TEST]: SIZE, '.gitignore': 'tests/\n' }),
        async play(stage) {
          await begun(stage)
          return tryRed(stage)
        },
      },
    ],
  },
]
