import type { RefusalHelp } from './refusal-help.ts'

/** Refusals of record_red and record_green, and of runs. */
export const runHelp = {
  path_outside: {
    topic: 'red',
    cause:
      'A path leads outside the project folder, also through a symlink, or begins with a dash.',
    fix: 'Pass paths relative to the project folder, such as `tests/chat.test.ts`.',
  },
  not_a_test: {
    topic: 'red',
    cause:
      'The file does not match the test patterns of the detected test runner, is a symlink, or is ignored by git.',
    fix: 'Name the file as the test runner expects, such as `chat.test.ts`, and make sure that git does not ignore it. `redgreen status` shows the detected test runner.',
  },
  test_missing: {
    topic: 'red',
    cause: 'The test file does not exist.',
    fix: 'Write the test first, or correct the path.',
  },
  red_passes: {
    topic: 'red',
    cause: 'The test passes without the new code, so it proves nothing.',
    fix: 'Make the test check the missing behaviour. If the code already exists, call record_red with `late: true`.',
  },
  red_not_loaded: {
    topic: 'red',
    cause:
      'The test file cannot be loaded: a syntax error, a missing package, or a missing module of the project.',
    fix: 'Fix a syntax error in the file and line that the answer names. If the code under test does not exist, add an empty stub where the test imports it, so that the test fails by an assertion.',
  },
  red_not_new: {
    topic: 'red',
    cause:
      'The test existed already when the previous task was proven (for the first task: when it was started), or it belongs to another task.',
    fix: 'Write a new test for this task, and pass only files that the task changed.',
  },
  no_tests_ran: {
    topic: 'run',
    cause: 'No test ran: the file has none, all are skipped or todo, or no name matches `names`.',
    fix: 'Write at least one active test. The answer lists the files and names that were looked for: correct those that you passed.',
  },
  timed_out: {
    topic: 'run',
    cause:
      'The run reached its time limit or was cancelled, or a git command made no progress for two minutes.',
    fix: 'Find out what the test waits for. If the tests need more time, a human raises `limits.timeoutSeconds`. The answer names a slow git command: run it in the project folder.',
  },
  crashed: {
    topic: 'run',
    cause:
      'The test process ended before its report was complete, an error outside every test ended the run, the output was too large, or the call was cancelled.',
    fix: 'Read the output in the answer. Typical causes are `process.exit` in the code, an unhandled rejection, and a missing native dependency.',
  },
  server_stopped: {
    topic: 'run',
    cause: 'The client or the system ended the server (SIGTERM, SIGINT or SIGHUP) during the call.',
    fix: 'Nothing was recorded. Start the server again and repeat the call.',
  },
  inconsistent: {
    topic: 'run',
    cause: 'The exit code and the report of the test runner contradict each other.',
    fix: 'Look for a coverage threshold, a reporter or a hook that changes the exit code, and turn it off for single test files.',
  },
  no_command: {
    topic: 'run',
    cause:
      'No test runner was found, the test runner is not installed, there is no check with the given name, or a program is not on the PATH of the server.',
    fix: 'Install the test runner, or start the server with a PATH that has the program. If the detection is wrong, set `commands.tests` or add the check under `checks` in `redgreen.config.json`.',
  },
  moved: {
    topic: 'run',
    cause:
      'Code, tests or data changed while the tests ran: by an editor, a watcher, or the tests themselves. Lock files, reports, caches and the output of builds may change.',
    fix: 'Stop editing and call the tool again. If a test writes that file, add it to `.gitignore`. If git tracks it, also run `git rm --cached FILE`.',
  },
  green_fails: {
    topic: 'green',
    cause: 'A test of the RED still fails, or another test in the same file fails now.',
    fix: 'Change the code until every test passes. If the test itself is wrong, correct it and call record_red again before the code is there, or record_green with the code: the server then runs the corrected test on the source of the RED, where it has to fail.',
  },
  tests_missing: {
    topic: 'green',
    cause: 'A test of the RED did not run: it was deleted or renamed, or its file is gone.',
    fix: 'Restore the test under the same name.',
  },
  skipped: {
    topic: 'green',
    cause: 'A test of the RED is skipped or marked as todo.',
    fix: 'Remove `skip` and `todo`.',
  },
  tests_changed: {
    topic: 'green',
    cause:
      'A test, a file that tests share, or the configuration of the test runner changed since the RED, and the changed test passes without the new code.',
    fix: 'Restore the tests as they were. If a test was wrong, fix it so that it still fails without the new code. Change the configuration of the test runner between two tasks.',
  },
  nothing_changed: {
    topic: 'green',
    cause:
      'Nothing was done that the task asks for: no code besides comments and test files changed since the RED, the code is that of the start, or a file that a check task names did not change.',
    fix: 'Do the work, then call record_green again. If nothing is left to do, a human waives the task.',
  },
} as const satisfies Record<string, RefusalHelp>
