import type { Scenario } from '../scenario.ts'

const ROOT = 'conductor'

/** Signpost, planned with Gemini CLI's conductor: a human does the manual verification of every phase. */
export const conductor: Scenario = {
  example: 'conductor',
  feature: 'walking_time_20260301',
  steps: {
    '1.1': { tests: ['tests/walk.test.js'], refactor: 'Named the three speeds.' },
    '1.2': {
      tests: ['tests/invalid.test.js'],
      refactor: 'Nothing to clean up.',
      attempts: [
        {
          before: 'record_red',
          description: 'a test that already passes',
          files: 'passing-test',
          calls: 'record_red',
          arguments: { task: '1.2', tests: ['tests/invalid.test.js'] },
          refused: 'red_passes',
        },
      ],
    },
    '2.1': {
      tests: ['tests/sign.test.js'],
      refactor: 'Nothing to clean up.',
      attempts: [
        {
          before: 'record_green',
          description: 'the verification task of the human',
          calls: 'mark_complete',
          arguments: { task: '2.3' },
          refused: 'phase_needs_person',
        },
      ],
    },
    '2.2': { tests: ['tests/breaks.test.js'], refactor: 'Nothing to clean up.' },
    '3.1': { tests: ['tests/main.test.js'], refactor: 'Nothing to clean up.' },
  },
  updates: {
    [`${ROOT}/tracks/walking_time_20260301/plan.md`]: {
      changes: [{ name: 'boxes', from: /(?<=^ *- )\[ \](?= )/, to: /(?<=^ *- )\[x\](?= )/ }],
    },
    [`${ROOT}/tracks/walking_time_20260301/metadata.json`]: {
      changes: [
        { name: 'status words', from: /(?<="status": ")new/, to: /(?<="status": ")completed/ },
        {
          name: 'dates',
          from: /(?<="updated_at": ")2026-03-01T09:00:00Z/,
          to: /(?<="updated_at": ")\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/,
        },
      ],
    },
    [`${ROOT}/tracks.md`]: {
      changes: [{ name: 'boxes', from: /^- \[ \](?= )/, to: /^- \[x\](?= )/ }],
    },
  },
}
