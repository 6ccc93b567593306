import type { RefusalHelp } from './refusal-help.ts'

/** Refusals before a test runs: the plan, the feature, and the choice of a task. */
export const taskHelp = {
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
    fix: 'Use an id from next_task or `redgreen status`. A short form such as `2` or `t2` is accepted if it fits only one task.',
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
} as const satisfies Record<string, RefusalHelp>
