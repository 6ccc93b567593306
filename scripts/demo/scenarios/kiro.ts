import type { Scenario } from '../scenario.ts'

const TASKS = '.kiro/specs/cooking-times/tasks.md'

/** Eggtimer, planned with Kiro: sub-tasks tick their task, and an optional task stays open. */
export const kiro: Scenario = {
  example: 'kiro',
  feature: 'kiro~specs~cooking-times',
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
          description: 'tick 2 by hand',
          ticks: '2',
          by: { path: TASKS, from: '- [ ] 2. ', to: '- [x] 2. ' },
        },
      ],
    },
    '2': { refactor: 'Nothing to clean up.' },
  },
  updates: {
    [TASKS]: {
      changes: [{ name: 'boxes', from: /(?<=^ *- )\[ \](?= \d)/, to: /(?<=^ *- )\[x\](?= \d)/ }],
    },
  },
}
