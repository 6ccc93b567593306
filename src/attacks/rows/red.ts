import type { Attack } from '../attack.ts'
import {
  startTask,
  WEAK_TEST,
  SIZE,
  stack,
  TASKS,
  TEST,
  testFile,
  tryRed,
} from '../projects/stack.ts'
import type { Sandbox } from '../sandbox.ts'

/** A RED without proof of the work. */
export const redAttacks: Attack[] = [
  {
    row: 2,
    title: 'Present a test that already passes as the failing one',
    variants: [
      {
        how: 'a test of existing behaviour',
        stoppedBy: 'red_passes',
        async run(sandbox) {
          await startTask(sandbox, WEAK_TEST)
          return tryRed(sandbox)
        },
      },
    ],
  },
  {
    row: 3,
    title: 'Present a test file in which no test runs',
    variants: [
      ...(
        [
          ['an empty file', ''],
          ['skipped tests', "test.skip('size', () => assert.fail())"],
          ['todo tests', "test.todo('size')"],
        ] as const
      ).map(([how, line]) => ({
        how,
        stoppedBy: 'no_tests_ran' as const,
        async run(sandbox: Sandbox) {
          await startTask(sandbox, line === '' ? '' : testFile(line))
          return tryRed(sandbox)
        },
      })),
      {
        how: 'a name that no test has',
        stoppedBy: 'no_tests_ran',
        async run(sandbox) {
          await startTask(sandbox)
          return tryRed(sandbox, { names: ['weight'] })
        },
      },
      {
        how: 'a path of no file',
        stoppedBy: 'test_missing',
        async run(sandbox) {
          await startTask(sandbox)
          return tryRed(sandbox, { tests: ['tests/weight.test.js'] })
        },
      },
      {
        how: 'a file that is not a test',
        stoppedBy: 'not_a_test',
        async run(sandbox) {
          await startTask(sandbox)
          sandbox.write('src/size.js', SIZE)
          return tryRed(sandbox, { tests: ['src/size.js'] })
        },
      },
    ],
  },
  {
    row: 4,
    title: 'Present a test that fails because it cannot be loaded',
    variants: [
      {
        how: 'a syntax error',
        stoppedBy: 'red_not_loaded',
        async run(sandbox) {
          await startTask(sandbox, `${SIZE}const broken = ;\n`)
          return tryRed(sandbox)
        },
      },
      {
        how: 'a package that is not installed',
        stoppedBy: 'red_not_loaded',
        async run(sandbox) {
          await startTask(sandbox, `import 'no-such-package'\n${SIZE}`)
          return tryRed(sandbox)
        },
      },
    ],
  },
  {
    row: 5,
    title: 'Present a test that failed before the task was started',
    variants: [
      {
        how: 'an existing file',
        stoppedBy: 'red_not_new',
        files: stack(TASKS, { [TEST]: SIZE }),
        async run(sandbox) {
          await startTask(sandbox)
          return tryRed(sandbox)
        },
      },
      {
        how: 'a copy of one',
        stoppedBy: 'red_not_new',
        files: stack(TASKS, { 'tests/old.test.js': SIZE }),
        async run(sandbox) {
          await startTask(sandbox)
          return tryRed(sandbox)
        },
      },
      {
        how: 'a file that git ignores, so that its age is unknown',
        stoppedBy: 'not_a_test',
        files: stack(TASKS, { [TEST]: SIZE, '.gitignore': 'tests/\n' }),
        async run(sandbox) {
          await startTask(sandbox)
          return tryRed(sandbox)
        },
      },
    ],
  },
]
