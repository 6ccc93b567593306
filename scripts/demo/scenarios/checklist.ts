import type { Scenario } from '../scenario.ts'

const PLAN = 'docs/superpowers/plans/2026-01-05-cooking-times.md'

/** Eggtimer, planned in the style of superpowers: the plan names the tests of a task, and predicts how they fail. */
export const checklist: Scenario = {
  example: 'checklist',
  feature: PLAN.replaceAll('/', '~'),
  steps: {
    '1-minutes-for-a-firmness': { refactor: 'Named the table of minutes.' },
    '2-a-minute-more-for-a': {
      refactor: 'Nothing to clean up.',
      attempts: [
        {
          before: 'record_red',
          description: 'a test that already passes',
          files: 'passing-test',
          calls: 'record_red',
          arguments: { task: '2-a-minute-more-for-a', tests: ['tests/size.test.js'] },
          refused: 'red_passes',
        },
        {
          before: 'record_green',
          description: 'tick the last task by hand',
          ticks: '3-reject-an-unknown-firmness-in',
          by: { path: PLAN, from: '- [ ] Reject', to: '- [x] Reject' },
        },
      ],
    },
    '3-reject-an-unknown-firmness-in': { refactor: 'Nothing to clean up.' },
  },
  updates: {
    [PLAN]: { changes: [{ name: 'boxes', from: /(?<=^- )\[ \]/, to: /(?<=^- )\[x\]/ }] },
  },
}
