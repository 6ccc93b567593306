import type { ToolName } from './answers.ts'

/** What the assistant does for a task beyond writing the files of `files/<task>/<red or green>`. */
export interface Act {
  /** Test files for record_red, where the task does not name them; those of an earlier task, when they are still red. */
  tests?: string[]
  /** How its RED came about, where that is not plain to see. */
  remark?: string
  /** What mark_complete is told of the clean-up. */
  refactor?: string
  trick?: Trick
}

/** Something dishonest, tried when the step `before` is due. The server has to see through it. */
export type Trick = { before: ToolName; tells: string } & (
  | { files?: true; calls: ToolName; arguments: Record<string, unknown>; refused: string }
  | { ticks: string }
)

/** The prepared script: one act a task, in the words of the task list of examples/spec-kit. */
export const acts: Record<string, Act> = {
  T003: {
    trick: {
      before: 'record_red',
      tells: 'a test that passes already',
      files: true,
      calls: 'record_red',
      arguments: { task: 'T003', tests: ['tests/contract/teas.test.js'] },
      refused: 'red_passes',
    },
  },
  T006: {
    tests: ['tests/unit/brew.test.js'],
    refactor: 'The twenty minutes got a name.',
    trick: {
      before: 'record_green',
      tells: '"done", without the code',
      calls: 'mark_complete',
      arguments: { task: 'T006' },
      refused: 'wrong_stage',
    },
  },
  T007: {
    tests: ['tests/unit/journal.test.js'],
    refactor: 'Nothing to clean up.',
    trick: {
      before: 'record_green',
      tells: 'a weaker test instead of the code',
      files: true,
      calls: 'record_green',
      arguments: { task: 'T007' },
      refused: 'tests_changed',
    },
  },
  T008: {
    tests: ['tests/contract/teas.test.js'],
    remark: 'T003 wrote these tests and owes them until now',
    refactor: 'Answers are sent in one place.',
  },
  T009: {
    tests: ['tests/contract/brews.test.js'],
    remark: 'T004 wrote these tests and owes them until now',
    refactor: 'The routes became a table.',
    trick: { before: 'record_red', tells: 'a box ticked by hand', ticks: 'T010' },
  },
  T010: {
    tests: ['tests/integration/restart.test.js', 'tests/integration/health.test.js'],
    remark: 'one of them is owed by T005',
    refactor: 'Nothing to clean up.',
  },
  T011: {
    remark: 'the code is there already: it was taken away for a moment, and is put back now',
    refactor: 'Nothing to clean up.',
  },
}
