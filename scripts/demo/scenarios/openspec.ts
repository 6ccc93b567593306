import type { Scenario } from '../scenario.ts'

const TASKS = 'openspec/changes/add-cooking-times/tasks.md'

/** Eggtimer, planned with OpenSpec: the scenarios of the spec deltas are the acceptance criteria. */
export const openspec: Scenario = {
  example: 'openspec',
  feature: 'openspec~changes~add-cooking-times',
  steps: {
    '1.1': { refactor: 'Named the table of minutes.' },
    '1.2': {
      refactor: 'Nothing to clean up.',
      attempts: [
        {
          before: 'record_red',
          description: 'a test that already passes',
          files: 'passing-test',
          calls: 'record_red',
          arguments: { task: '1.2', tests: ['tests/size.test.js'] },
          refused: 'red_passes',
        },
        {
          before: 'record_green',
          description: 'tick 2.1 by hand',
          ticks: '2.1',
          by: { path: TASKS, from: '- [ ] 2.1 ', to: '- [x] 2.1 ' },
        },
      ],
    },
    '2.1': { refactor: 'Nothing to clean up.' },
  },
  updates: {
    [TASKS]: {
      changes: [{ name: 'boxes', from: /(?<=^ *- )\[ \](?= \d)/, to: /(?<=^ *- )\[x\](?= \d)/ }],
    },
  },
}
