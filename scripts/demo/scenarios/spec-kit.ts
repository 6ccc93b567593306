import type { Scenario } from '../scenario.ts'

const TASKS = 'specs/001-teatime/tasks.md'

/** Teatime, planned with spec-kit. */
export const specKit: Scenario = {
  example: 'spec-kit',
  feature: '001-teatime',
  steps: {
    T006: {
      tests: ['tests/unit/brew.test.js'],
      refactor: 'Named the constant of twenty minutes.',
      attempts: [
        {
          before: 'record_red',
          description: 'a test that already passes',
          files: 'passing-test',
          calls: 'record_red',
          arguments: { task: 'T006', tests: ['tests/unit/brew.test.js'] },
          refused: 'red_passes',
        },
        {
          before: 'record_green',
          description: 'a weaker test instead of the code',
          files: 'weaker-test',
          calls: 'record_green',
          arguments: { task: 'T006' },
          refused: 'tests_changed',
        },
      ],
    },
    T007: {
      tests: ['tests/unit/journal.test.js'],
      refactor: 'Nothing to clean up.',
      attempts: [
        {
          before: 'record_green',
          description: '"done", without the code',
          calls: 'mark_complete',
          arguments: { task: 'T007' },
          refused: 'wrong_stage',
        },
      ],
    },
    T008: {
      tests: ['tests/contract/teas.test.js'],
      note: 'T003 wrote these tests in advance',
      refactor: 'Moved sending answers into one function.',
    },
    T009: {
      tests: ['tests/contract/brews.test.js'],
      note: 'T004 wrote these tests in advance',
      refactor: 'Moved the routes into a table.',
      attempts: [
        {
          before: 'record_red',
          description: 'tick T010 by hand',
          ticks: 'T010',
          by: { path: TASKS, from: '- [ ] T010 ', to: '- [X] T010 ' },
        },
      ],
    },
    T010: {
      tests: ['tests/integration/restart.test.js', 'tests/integration/health.test.js'],
      note: 'T005 wrote one of them in advance',
      refactor: 'Nothing to clean up.',
    },
    T011: {
      note: 'The code already exists, so the server ran the tests against the pre-task source.',
      refactor: 'Nothing to clean up.',
    },
  },
  updates: {
    [TASKS]: {
      changes: [{ name: 'boxes', from: /^- \[ \](?= T\d{3} )/, to: /^- \[X\](?= T\d{3} )/ }],
    },
  },
}
