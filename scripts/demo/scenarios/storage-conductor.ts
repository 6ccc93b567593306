import type { Scenario } from '../scenario.ts'

const ROOT = 'storage-conductor'

/** Toolshed, planned with storage-conductor: a human confirms every phase. */
export const storageConductor: Scenario = {
  example: 'storage-conductor',
  feature: 'storage-rentals-001',
  standards: true,
  steps: {
    '1.1': {
      attempts: [
        {
          before: 'record_green',
          description: '"described", without the schema',
          calls: 'record_green',
          arguments: { task: '1.1' },
          refused: 'file_missing',
        },
      ],
    },
    '2.1': {
      tests: ['tests/rent.test.js'],
      refactor: 'Extracted functions that check a field.',
      attempts: [
        {
          before: 'record_green',
          description: '"done", without the code',
          calls: 'mark_complete',
          arguments: { task: '2.1' },
          refused: 'wrong_stage',
        },
      ],
    },
    '2.2': {
      tests: ['tests/reopen.test.js'],
      refactor: 'Moved writing lines into one function.',
      attempts: [
        {
          before: 'mark_complete',
          description: 'a change that breaks task 2.1',
          files: 'broken-rentals',
          calls: 'mark_complete',
          arguments: { task: '2.2' },
          refused: 'suite_fails',
        },
      ],
    },
    '3.1': {
      tests: ['tests/backup.test.js'],
      refactor: 'Extracted one save function for both files.',
    },
  },
  updates: {
    [`${ROOT}/storages/storage-rentals-001/plan.md`]: {
      changes: [
        { name: 'boxes', from: /(?<=^ *- )\[ \](?= )/, to: /(?<=^ *- )\[x\](?= )/ },
        {
          name: 'status words',
          from: /(?<=^\*\*Status\*\*: )Planning$/,
          to: /(?<=^\*\*Status\*\*: )Completed$/,
        },
      ],
    },
    [`${ROOT}/storages/storage-rentals-001/metadata.json`]: {
      changes: [
        { name: 'status words', from: /(?<="status": ")Planning/, to: /(?<="status": ")Completed/ },
        {
          name: 'dates',
          from: /(?<="updated": ")2026-03-01T09:00:00Z/,
          to: /(?<="updated": ")\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/,
        },
      ],
    },
    [`${ROOT}/tracks.md`]: {
      changes: [
        { name: 'status words', from: /(?<=\| )Planning(?= \|)/, to: /(?<=\| )Completed(?= \|)/ },
        { name: 'dates', from: /2026-03-01(?= \|$)/, to: /\d{4}-\d\d-\d\d(?= \|$)/ },
        { name: 'counters', from: /(?<=\*\*Planning\*\*: )1$/, to: /(?<=\*\*Planning\*\*: )0$/ },
        { name: 'counters', from: /(?<=\*\*Completed\*\*: )0$/, to: /(?<=\*\*Completed\*\*: )1$/ },
      ],
    },
  },
}
