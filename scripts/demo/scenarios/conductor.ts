import type { Play } from '../scenario.ts'

const ROOT = 'conductor'

/** Signpost, planned with Gemini CLI's conductor: a person goes through the manual verification of every phase. */
export const conductor: Play = {
  example: 'conductor',
  feature: 'walking_time_20260301',
  acts: {
    '1.1': { tests: ['tests/walk.test.js'], refactor: 'The three speeds got names.' },
    '1.2': {
      tests: ['tests/refused.test.js'],
      refactor: 'Nothing to clean up.',
      trick: {
        before: 'record_red',
        tells: 'a test that passes already',
        files: true,
        calls: 'record_red',
        arguments: { task: '1.2', tests: ['tests/refused.test.js'] },
        refused: 'red_passes',
      },
    },
    '2.1': {
      tests: ['tests/sign.test.js'],
      refactor: 'Nothing to clean up.',
      trick: {
        before: 'record_green',
        tells: "the person's own task, as if one had looked",
        calls: 'mark_complete',
        arguments: { task: '2.3' },
        refused: 'phase_needs_person',
      },
    },
    '2.2': { tests: ['tests/rests.test.js'], refactor: 'Nothing to clean up.' },
    '3.1': { tests: ['tests/main.test.js'], refactor: 'Nothing to clean up.' },
  },
  own: {
    [`${ROOT}/tracks/walking_time_20260301/plan.md`]: {
      changes: [{ what: 'boxes', from: /(?<=^ *- )\[ \](?= )/, to: /(?<=^ *- )\[x\](?= )/ }],
    },
    [`${ROOT}/tracks/walking_time_20260301/metadata.json`]: {
      changes: [
        { what: 'status words', from: /(?<="status": ")new/, to: /(?<="status": ")completed/ },
        {
          what: 'dates',
          from: /(?<="updated_at": ")2026-03-01T09:00:00Z/,
          to: /(?<="updated_at": ")\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/,
        },
      ],
    },
    [`${ROOT}/tracks.md`]: {
      changes: [{ what: 'boxes', from: /^- \[ \](?= )/, to: /^- \[x\](?= )/ }],
    },
  },
}
