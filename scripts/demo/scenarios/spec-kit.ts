import type { Play } from '../scenario.ts'

const TASKS = 'specs/001-teatime/tasks.md'

/** Teatime, planned with spec-kit. */
export const specKit: Play = {
  example: 'spec-kit',
  feature: '001-teatime',
  acts: {
    T003: {
      trick: {
        before: 'record_red',
        tells: 'a test that passes already',
        files: true,
        calls: 'record_red',
        arguments: { task: 'T003', tests: ['tests/contract/teas.test.js'] },
        refused: 'red_passes',
      },
    },
    T006: {
      tests: ['tests/unit/brew.test.js'],
      refactor: 'The twenty minutes got a name.',
      trick: {
        before: 'record_green',
        tells: '"done", without the code',
        calls: 'mark_complete',
        arguments: { task: 'T006' },
        refused: 'wrong_stage',
      },
    },
    T007: {
      tests: ['tests/unit/journal.test.js'],
      refactor: 'Nothing to clean up.',
      trick: {
        before: 'record_green',
        tells: 'a weaker test instead of the code',
        files: true,
        calls: 'record_green',
        arguments: { task: 'T007' },
        refused: 'tests_changed',
      },
    },
    T008: {
      tests: ['tests/contract/teas.test.js'],
      remark: 'T003 wrote these tests and owes them until now',
      refactor: 'Answers are sent in one place.',
    },
    T009: {
      tests: ['tests/contract/brews.test.js'],
      remark: 'T004 wrote these tests and owes them until now',
      refactor: 'The routes became a table.',
      trick: {
        before: 'record_red',
        tells: 'a box ticked by hand',
        ticks: 'T010',
        by: { path: TASKS, from: '- [ ] T010 ', to: '- [X] T010 ' },
      },
    },
    T010: {
      tests: ['tests/integration/restart.test.js', 'tests/integration/health.test.js'],
      remark: 'one of them is owed by T005',
      refactor: 'Nothing to clean up.',
    },
    T011: {
      remark:
        'the code is there already: the server ran the tests aside, with the sources put back to before',
      refactor: 'Nothing to clean up.',
    },
  },
  own: {
    [TASKS]: {
      changes: [{ what: 'boxes', from: /^- \[ \](?= T\d{3} )/, to: /^- \[X\](?= T\d{3} )/ }],
    },
  },
}
