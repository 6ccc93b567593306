import type { RefusalHelp } from './refusal-help.ts'

/** Refusals of mark_complete, those that need a human, and those of the project. */
export const finishHelp = {
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
    fix: 'Assert what the named function returns or changes, then call mark_complete again: the server repeats RED and GREEN of the changed test by itself. If no test can notice it, a human waives the task or changes `bite` in the [settings](configuration.md#bite).',
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
} as const satisfies Record<string, RefusalHelp>
