import type { Scenario } from '../scenario.ts'

const TASKS = '.specify/specs/f-1-sowing-calendar/tasks.md'

/** Seedtime, planned with SpecFlow: a human approves the tasks before the first of them. */
export const specflow: Scenario = {
  example: 'specflow',
  feature: 'f-1-sowing-calendar',
  approval: true,
  steps: {
    'T-1.2': {
      refactor: 'Nothing to clean up.',
      attempts: [
        {
          before: 'record_red',
          description: 'a test file without a test',
          files: 'no-test',
          calls: 'record_red',
          arguments: { task: 'T-1.2', tests: ['tests/calendar.test.js'] },
          refused: 'no_tests_ran',
        },
      ],
    },
    'T-1.3': {
      refactor: 'Extracted a function that checks a month.',
      attempts: [
        {
          before: 'record_green',
          description: 'a skipped test instead of the code',
          files: 'skipped-test',
          calls: 'record_green',
          arguments: { task: 'T-1.3' },
          refused: 'skipped',
        },
      ],
    },
    'T-2.1': {
      refactor: 'Moved the routing into one function.',
      attempts: [
        {
          before: 'record_red',
          description: 'start the next task before this one',
          calls: 'next_task',
          arguments: { task: 'T-2.2' },
          refused: 'not_ready',
        },
      ],
    },
    'T-2.2': { refactor: 'Nothing to clean up.' },
  },
  updates: {
    [TASKS]: {
      changes: [
        { name: 'boxes', from: /^- \[ \](?= \*\*T-)/, to: /^- \[x\](?= \*\*T-)/ },
        {
          name: 'table rows',
          from: /(?<=^\| T-\d\.\d \|) pending \| - \| - (?=\|)/,
          to: /(?<=^\| T-\d\.\d \|) completed \| \d{4}-\d\d-\d\d \| \d{4}-\d\d-\d\d (?=\|)/,
        },
        { name: 'counters', from: /(?<=^completed: )0$/, to: /(?<=^completed: )6$/ },
        { name: 'status words', from: /(?<=^status: ")pending/, to: /(?<=^status: ")completed/ },
      ],
    },
    '.maestro/outputs/LOOP_PROGRESS.md': {
      name: 'tasks',
      counted: /^## Task: T-/,
      lines: [
        /^$/,
        /^# Loop Progress$/,
        /^## Task: T-\d\.\d /,
        /^### (Tests Written|Implementation)$/,
        /^- Feature: f-1-sowing-calendar$/,
        /^- Done: \d{4}-\d\d-\d\d$/,
        /^\* .+: tests\/\w+\.test\.js$/,
        /^None: it was checked in another way\.$/,
        /^- Files (created|modified): \S/,
        /^- Tests passing: (\d+)\/\1 \(\w+\), (\d+)\/\2 \(all\)$/,
        /^- (Refactor|Checked): \S/,
      ],
    },
  },
}
