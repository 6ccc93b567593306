import type { Play } from '../scenario.ts'

const TASKS = '.specify/specs/f-1-sowing-calendar/tasks.md'

/** Seedtime, planned with SpecFlow: a person approves the tasks before the first of them. */
export const specflow: Play = {
  example: 'specflow',
  feature: 'f-1-sowing-calendar',
  approval: true,
  acts: {
    'T-1.2': {
      refactor: 'Nothing to clean up.',
      trick: {
        before: 'record_red',
        tells: 'a test file without a test',
        files: true,
        calls: 'record_red',
        arguments: { task: 'T-1.2', tests: ['tests/calendar.test.js'] },
        refused: 'no_tests_ran',
      },
    },
    'T-1.3': {
      refactor: 'What a month is got a name.',
      trick: {
        before: 'record_green',
        tells: 'a skipped test instead of the code',
        files: true,
        calls: 'record_green',
        arguments: { task: 'T-1.3' },
        refused: 'skipped',
      },
    },
    'T-2.1': {
      refactor: 'The answer is found in one place.',
      trick: {
        before: 'record_red',
        tells: 'the next task before this one',
        calls: 'next_task',
        arguments: { task: 'T-2.2' },
        refused: 'not_ready',
      },
    },
    'T-2.2': { refactor: 'Nothing to clean up.' },
  },
  own: {
    [TASKS]: {
      changes: [
        { what: 'boxes', from: /^- \[ \](?= \*\*T-)/, to: /^- \[x\](?= \*\*T-)/ },
        {
          what: 'table rows',
          from: /(?<=^\| T-\d\.\d \|) pending \| - \| - (?=\|)/,
          to: /(?<=^\| T-\d\.\d \|) completed \| \d{4}-\d\d-\d\d \| \d{4}-\d\d-\d\d (?=\|)/,
        },
        { what: 'counters', from: /(?<=^completed: )0$/, to: /(?<=^completed: )6$/ },
        { what: 'status words', from: /(?<=^status: ")pending/, to: /(?<=^status: ")completed/ },
      ],
    },
    '.maestro/outputs/LOOP_PROGRESS.md': {
      what: 'tasks',
      counted: /^## Task: T-/,
      begun: [
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
