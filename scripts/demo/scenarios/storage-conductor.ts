import type { Play } from '../scenario.ts'

const ROOT = 'storage-conductor'

/** Toolshed, planned with storage-conductor: a person looks after every phase. */
export const storageConductor: Play = {
  example: 'storage-conductor',
  feature: 'storage-loans-001',
  standards: true,
  acts: {
    '1.1': {
      trick: {
        before: 'record_green',
        tells: '"described", without the schema',
        calls: 'record_green',
        arguments: { task: '1.1' },
        refused: 'file_missing',
      },
    },
    '2.1': {
      tests: ['tests/lend.test.js'],
      refactor: 'The checks of a field got names.',
      trick: {
        before: 'record_green',
        tells: '"done", without the code',
        calls: 'mark_complete',
        arguments: { task: '2.1' },
        refused: 'wrong_stage',
      },
    },
    '2.2': {
      tests: ['tests/again.test.js'],
      refactor: 'Lines are written in one place.',
      trick: {
        before: 'mark_complete',
        tells: 'a change that breaks what 2.1 has built',
        files: true,
        calls: 'mark_complete',
        arguments: { task: '2.2' },
        refused: 'suite_fails',
      },
    },
    '3.1': { tests: ['tests/backup.test.js'], refactor: 'Saving is one function for both files.' },
  },
  own: {
    [`${ROOT}/storages/storage-loans-001/plan.md`]: {
      changes: [
        { what: 'boxes', from: /(?<=^ *- )\[ \](?= )/, to: /(?<=^ *- )\[x\](?= )/ },
        {
          what: 'status words',
          from: /(?<=^\*\*Status\*\*: )Planning$/,
          to: /(?<=^\*\*Status\*\*: )Completed$/,
        },
      ],
    },
    [`${ROOT}/storages/storage-loans-001/metadata.json`]: {
      changes: [
        { what: 'status words', from: /(?<="status": ")Planning/, to: /(?<="status": ")Completed/ },
        {
          what: 'dates',
          from: /(?<="updated": ")2026-03-01T09:00:00Z/,
          to: /(?<="updated": ")\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/,
        },
      ],
    },
    [`${ROOT}/tracks.md`]: {
      changes: [
        { what: 'status words', from: /(?<=\| )Planning(?= \|)/, to: /(?<=\| )Completed(?= \|)/ },
        { what: 'dates', from: /2026-03-01(?= \|$)/, to: /\d{4}-\d\d-\d\d(?= \|$)/ },
        { what: 'counters', from: /(?<=\*\*Planning\*\*: )1$/, to: /(?<=\*\*Planning\*\*: )0$/ },
        { what: 'counters', from: /(?<=\*\*Completed\*\*: )0$/, to: /(?<=\*\*Completed\*\*: )1$/ },
      ],
    },
  },
}
