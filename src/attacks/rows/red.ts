import type { Attack } from '../attack.ts'
import { begun, WEAK_TEST, SIZE, stack, TASKS, TEST, testFile, tryRed } from '../projects/stack.ts'
import type { Sandbox } from '../sandbox.ts'

/** A RED that says nothing about the work. */
export const redAttacks: Attack[] = [
  {
    row: 2,
    title: 'Show a test that passes already as the failing one',
    variants: [
      {
        how: 'a test of what is there',
        caughtBy: 'red_passes',
        async run(sandbox) {
          await begun(sandbox, WEAK_TEST)
          return tryRed(sandbox)
        },
      },
    ],
  },
  {
    row: 3,
    title: 'Show a test file in which no test runs',
    variants: [
      ...(
        [
          ['an empty file', ''],
          ['tests that are skipped', "test.skip('size', () => assert.fail())"],
          ['tests that are still to be written', "test.todo('size')"],
        ] as const
      ).map(([how, line]) => ({
        how,
        caughtBy: 'no_tests_ran' as const,
        async run(sandbox: Sandbox) {
          await begun(sandbox, line === '' ? '' : testFile(line))
          return tryRed(sandbox)
        },
      })),
      {
        how: 'a name that no test has',
        caughtBy: 'no_tests_ran',
        async run(sandbox) {
          await begun(sandbox)
          return tryRed(sandbox, { names: ['weight'] })
        },
      },
      {
        how: 'a path where nothing is',
        caughtBy: 'test_missing',
        async run(sandbox) {
          await begun(sandbox)
          return tryRed(sandbox, { tests: ['tests/weight.test.js'] })
        },
      },
      {
        how: 'a file that is no test',
        caughtBy: 'not_a_test',
        async run(sandbox) {
          await begun(sandbox)
          sandbox.write('src/size.js', SIZE)
          return tryRed(sandbox, { tests: ['src/size.js'] })
        },
      },
    ],
  },
  {
    row: 4,
    title: 'Let the test fail because it cannot be loaded',
    variants: [
      {
        how: 'a syntax error',
        caughtBy: 'red_not_loaded',
        async run(sandbox) {
          await begun(sandbox, `${SIZE}const broken = ;\n`)
          return tryRed(sandbox)
        },
      },
      {
        how: 'a package that is not installed',
        caughtBy: 'red_not_loaded',
        async run(sandbox) {
          await begun(sandbox, `import 'no-such-package'\n${SIZE}`)
          return tryRed(sandbox)
        },
      },
    ],
  },
  {
    row: 5,
    title: 'Take a test that failed before the task was begun',
    variants: [
      {
        how: 'the old file',
        caughtBy: 'red_not_new',
        files: stack(TASKS, { [TEST]: SIZE }),
        async run(sandbox) {
          await begun(sandbox)
          return tryRed(sandbox)
        },
      },
      {
        how: 'a copy of it',
        caughtBy: 'red_not_new',
        files: stack(TASKS, { 'tests/old.test.js': SIZE }),
        async run(sandbox) {
          await begun(sandbox)
          return tryRed(sandbox)
        },
      },
      {
        how: 'a file that git ignores, so that nobody sees its age',
        caughtBy: 'not_a_test',
        files: stack(TASKS, { [TEST]: SIZE, '.gitignore': 'tests/\n' }),
        async run(sandbox) {
          await begun(sandbox)
          return tryRed(sandbox)
        },
      },
    ],
  },
]
