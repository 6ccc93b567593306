import type { Scenario } from '../scenario.ts'

const TASKS = '.spec-workflow/specs/cooking-times/tasks.md'

/** Eggtimer, planned with spec-workflow: a human approves the plan first. */
export const specWorkflow: Scenario = {
  example: 'spec-workflow',
  feature: 'spec-workflow~specs~cooking-times',
  approval: true,
  steps: {
    '1': { refactor: 'Named the table of minutes.' },
    '1.1': {
      refactor: 'Nothing to clean up.',
      attempts: [
        {
          before: 'record_red',
          description: 'a test that already passes',
          files: 'passing-test',
          calls: 'record_red',
          arguments: { task: '1.1', tests: ['tests/size.test.js'] },
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
