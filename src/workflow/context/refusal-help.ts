import type { RefusalCode } from './refusal.ts'

/** Headings of the troubleshooting page, in its order. */
export const helpTopics = {
  plan: 'Plan and feature',
  task: 'Choosing a task',
  red: 'record_red',
  run: 'Running tests',
  green: 'record_green',
  complete: 'mark_complete',
  human: 'Decisions of a human',
  project: 'Project, git and ledger',
} as const

export interface RefusalHelp {
  topic: keyof typeof helpTopics
  /** What causes the refusal. */
  cause: string
  /** What to do about it. */
  fix: string
}

/** Cause and fix of every refusal code. `docs/troubleshooting.md` is generated from it. */
export const refusalHelp = {
  no_feature: {
    topic: 'plan',
    cause:
      'No plan was found in the project folder, the named feature does not exist, or the folder itself does not exist.',
    fix: 'Check the project folder with `redgreen doctor`. If it is wrong, pass `--root`. If there is no plan, write one first. If a name was given, use one that the answer lists.',
  },
  no_project: {
    topic: 'plan',
    cause:
      'The server was started in the home folder, in `/`, or in a folder that is not a project, and nothing named the project folder.',
    fix: 'Add `--root` and the project folder to the arguments of the server in the configuration of your client ([clients](clients.md)), or start the command in the project.',
  },
  ambiguous_feature: {
    topic: 'plan',
    cause:
      'More than one feature could be the active one, the name fits several, or several folders of the client have a plan.',
    fix: 'Pass `feature` with one of the folders that the answer lists. At a terminal: `--feature NAME`.',
  },
  plan_changed: {
    topic: 'plan',
    cause:
      'Since the feature started, or since the last approval, a task, a criterion or a validation step was removed or now asks for less.',
    fix: 'Restore the plan, or let a human confirm the difference: `redgreen approve` shows it and asks.',
  },
  plan_invalid: {
    topic: 'plan',
    cause:
      'The plan or the settings cannot be used: a file is unreadable, a document is missing, dependencies form a cycle or name an unknown task, or `redgreen.config.json` is invalid.',
    fix: 'Fix the file and line that the answer names. `redgreen status` lists every problem of the plan, and [configuration](configuration.md) describes the settings.',
  },
  conflict_markers: {
    topic: 'plan',
    cause:
      'A file of the plan has the markers of a merge that nobody has resolved, such as `<<<<<<< HEAD`. Both versions of the plan are in it, so it is not read.',
    fix: 'Resolve the conflict at the line that the answer names. Inside of a code block, such lines do not matter.',
  },
  unsupported_file: {
    topic: 'plan',
    cause:
      'A file cannot be read as a plan (not UTF-8 text, too large, too many tasks), a file of the project has hundreds of megabytes, or a file was written by a newer version of redgreen-mcp.',
    fix: 'Save the file as UTF-8, or split the plan. Add a large file to .gitignore, or move it away. If the answer names a newer version, update redgreen-mcp.',
  },
  unknown_task: {
    topic: 'plan',
    cause: 'The plan has no task with this id.',
    fix: 'Use an id from next_task or `redgreen status`. Ids are case-sensitive.',
  },
  not_ready: {
    topic: 'task',
    cause:
      'The task waits for other tasks: its dependencies, an earlier phase, or a task on the same file. For run_validation: not every task is done. A task that was ticked by hand does not count as done.',
    fix: 'Call next_task without a task and finish what it offers. If a task was ticked by hand, prove it, or let a human waive it.',
  },
  wrong_stage: {
    topic: 'task',
    cause:
      'The step is out of order: the task is not started, is not red or not green yet, is already done, or its kind does not need this step.',
    fix: 'Do the step that the answer names. The order is next_task, record_red, record_green, mark_complete. If the task was taken as the wrong kind, a human sets another one under `kinds` in the [settings](configuration.md#kinds).',
  },
  claimed: {
    topic: 'task',
    cause:
      'Another running assistant works on the task, or took it over after your lease ended, or a human released it.',
    fix: 'Work on another task. Over HTTP, if the task is yours, pass the `claim` that next_task gave. The lease ends when the other process (over HTTP: the session or the server) ends, or after `limits.leaseMinutes` without activity. `redgreen status` shows holders and how long they have been idle; a human frees a task with `redgreen release TASK`. After that, next_task with the task takes it again.',
  },
  halted: {
    topic: 'task',
    cause: 'A sequential task was reported as failed, so no other task starts.',
    fix: 'Fix the cause, then call next_task with the id of the failed task to resume it.',
  },
  all_done: {
    topic: 'task',
    cause: 'Every task of the feature is done, so the step has nothing to do.',
    fix: 'Call run_validation.',
  },
  bad_arguments: {
    topic: 'task',
    cause:
      'An argument is missing, unknown, or does not fit the task, for example `late` for a task whose code is not written yet.',
    fix: 'Correct the arguments as the answer says. [Tools](tools.md) lists the arguments of every tool.',
  },
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
      'The test existed when the task before was proven (the first task: when it was started), or belongs to another task.',
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
  suite_fails: {
    topic: 'complete',
    cause:
      'Another test of the suite fails. Tests that failed before the feature began do not count.',
    fix: 'Fix the failing tests that the answer lists, then call mark_complete again.',
  },
  lint_fails: {
    topic: 'complete',
    cause:
      'The linter of the project has findings that were not there when the feature was started.',
    fix: 'Fix what it reports. If the wrong command was detected, a human sets `commands.lint`, or `false` for none.',
  },
  untested_change: {
    topic: 'complete',
    cause:
      'The task needs no test, but source code changed, and no test that passes was added or changed.',
    fix: 'Write a test for the change, or revert it and leave it to the task that builds it.',
  },
  weak_tests: {
    topic: 'complete',
    cause:
      'The tests of the task pass whatever its code does: the server changed that code in a temporary checkout, and no test of the task failed.',
    fix: 'Assert what the named function returns or changes, then call mark_complete again: the server repeats RED and GREEN of the changed test by itself. If no test can notice it, a human waives the task, or sets `bite` in the settings.',
  },
  file_missing: {
    topic: 'complete',
    cause: 'A file that the task names does not exist or is empty.',
    fix: 'Write the file. If the plan names the wrong file, a human corrects the plan or waives the task.',
  },
  check_fails: {
    topic: 'complete',
    cause:
      'The type checker has new findings, or a check of the settings or `commands.prepare` failed.',
    fix: 'Fix what the command reports, then call the tool again.',
  },
  not_approved: {
    topic: 'human',
    cause: 'The plan needs an approval and has none, or it changed after the approval.',
    fix: 'A human runs `redgreen approve` on a terminal. If the plan changed by mistake, restore it.',
  },
  phase_needs_person: {
    topic: 'human',
    cause:
      'A human must decide: confirm a phase, a task of kind person or a standard, or run a command that needs a terminal.',
    fix: 'A human runs the command that the answer names, such as `redgreen confirm-phase`, on a terminal. Pipes do not count. Some clients can ask in a form, if `approval.channels` allows it.',
  },
  settings_changed: {
    topic: 'human',
    cause:
      '`redgreen.config.json` changed since the task was started, or the configuration of a linter, type checker or check changed after it refused the work.',
    fix: 'Restore the file that the answer names. Or a human reads the change, for example with `git diff`, and runs `redgreen approve` on a terminal.',
  },
  attempts_used_up: {
    topic: 'human',
    cause: 'Every validation attempt of this working period was used.',
    fix: 'A human runs `redgreen allow-run` on a terminal. A new period begins after `limits.pauseHours` without activity.',
  },
  no_git: {
    topic: 'project',
    cause:
      'The step needs a snapshot of earlier source, but the project has no git repository, this clone does not have the snapshot, or the code of the task is in another repository, such as a submodule.',
    fix: "Run `git init` before you start a feature. Start the server in the repository that has the code. In a fresh clone, run `git fetch origin 'refs/redgreen/*:refs/redgreen/*'`.",
  },
  ledger_broken: {
    topic: 'project',
    cause: 'A line of the ledger was changed or removed, or a merge damaged the file.',
    fix: 'Restore the named file below `.redgreen/ledger/` from git: `git checkout -- FILE`.',
  },
  locked: {
    topic: 'project',
    cause: 'Another redgreen process held the lock of the project for too long.',
    fix: 'Call the tool again. `redgreen doctor` shows who holds the lock; the lock of a dead process is removed by itself.',
  },
  store_unreachable: {
    topic: 'project',
    cause:
      'Several clones share a store (setting `shared` or `REDGREEN_SHARED_URL`), and it gives no answer that can be used. The answer says why.',
    fix: 'Call the tool again when the store can be reached. `redgreen doctor` shows which store it is. Nothing is decided without it.',
  },
  conflict: {
    topic: 'project',
    cause:
      'Something else got in between: another step on the same task is running, the plan was rewritten meanwhile, or a file cannot be written (read-only, disk full).',
    fix: 'Do what the answer says and call the tool again. Nothing that was recorded is lost.',
  },
} as const satisfies Record<RefusalCode, RefusalHelp>
