import type { Scenario } from '../scenario.ts'

const PLAN = 'docs/plans/2026-09-14-lost-and-found.json'
const TASK_3_FILES = '"files": ["src/search.js", "test/search.test.js"],\n      '

/** Lost and found, planned in JSON: the second task depends on the third. */
export const jsonPlan: Scenario = {
  example: 'json-plan',
  feature: '2026-09-14-lost-and-found',
  steps: {
    '1': {
      refactor: 'Nothing to clean up.',
      attempts: [
        {
          before: 'record_red',
          description: '"passes": true, written by hand',
          ticks: '3',
          by: {
            path: PLAN,
            from: `${TASK_3_FILES}"passes": false`,
            to: `${TASK_3_FILES}"passes": true`,
          },
        },
      ],
    },
    '2': {
      refactor: 'Moved the routes into a table.',
      attempts: [
        {
          before: 'record_green',
          description: '"done", without the code',
          calls: 'mark_complete',
          arguments: { task: '2' },
          refused: 'wrong_stage',
        },
      ],
    },
    '3': {
      refactor: 'Extracted a function that splits a text into words.',
      attempts: [
        {
          before: 'mark_complete',
          description: 'a change that breaks task 1',
          files: 'broken-register',
          calls: 'mark_complete',
          arguments: { task: '3' },
          refused: 'suite_fails',
        },
      ],
    },
    '4': { refactor: 'Nothing to clean up.' },
    '5': {
      attempts: [
        {
          before: 'record_green',
          description: '"documented", without the document',
          calls: 'record_green',
          arguments: { task: '5' },
          refused: 'file_missing',
        },
      ],
    },
  },
  updates: {
    [PLAN]: {
      changes: [
        { name: '"passes"', from: /(?<=^ {6}"passes": )false$/, to: /(?<=^ {6}"passes": )true$/ },
        { name: '"status"', from: /(?<="status": )"APPROVED"/, to: /(?<="status": )"COMPLETE"/ },
      ],
      added: [
        { name: '"production_validated"', line: /^ {2}"production_validated": true,$/ },
        { name: '"validation_timestamp"', line: /^ {2}"validation_timestamp": "[\d:.TZ-]{24}",$/ },
      ],
    },
  },
}
