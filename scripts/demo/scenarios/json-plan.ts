import type { Play } from '../scenario.ts'

const PLAN = 'docs/plans/2026-09-14-lost-and-found.json'
const FILES_OF_3 = '"files": ["src/search.js", "test/search.test.js"],\n      '

/** Lost and found, planned in JSON: the second task waits for the third. */
export const jsonPlan: Play = {
  example: 'json-plan',
  feature: '2026-09-14-lost-and-found',
  acts: {
    '1': {
      refactor: 'Nothing to clean up.',
      trick: {
        before: 'record_red',
        tells: '"passes": true, written by hand',
        ticks: '3',
        by: {
          path: PLAN,
          from: `${FILES_OF_3}"passes": false`,
          to: `${FILES_OF_3}"passes": true`,
        },
      },
    },
    '2': {
      refactor: 'The routes became a table.',
      trick: {
        before: 'record_green',
        tells: '"done", without the code',
        calls: 'mark_complete',
        arguments: { task: '2' },
        refused: 'wrong_stage',
      },
    },
    '3': {
      refactor: 'The words of a text are found in one place.',
      trick: {
        before: 'mark_complete',
        tells: 'a change that breaks what task 1 has built',
        files: true,
        calls: 'mark_complete',
        arguments: { task: '3' },
        refused: 'suite_fails',
      },
    },
    '4': { refactor: 'Nothing to clean up.' },
    '5': {
      trick: {
        before: 'record_green',
        tells: '"documented", without the document',
        calls: 'record_green',
        arguments: { task: '5' },
        refused: 'file_missing',
      },
    },
  },
  own: {
    [PLAN]: {
      changes: [
        { what: '"passes"', from: /(?<=^ {6}"passes": )false$/, to: /(?<=^ {6}"passes": )true$/ },
        { what: '"status"', from: /(?<="status": )"APPROVED"/, to: /(?<="status": )"COMPLETE"/ },
      ],
      added: [
        { what: '"production_validated"', line: /^ {2}"production_validated": true,$/ },
        { what: '"validation_timestamp"', line: /^ {2}"validation_timestamp": "[\d:.TZ-]{24}",$/ },
      ],
    },
  },
}
