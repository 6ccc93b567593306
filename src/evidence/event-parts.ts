import * as z from 'zod'

/** The parts that events of the ledger share. */

export const kind = z.enum(['build', 'test', 'cover', 'refactor', 'check', 'person'])

export const test = z.object({
  id: z.string(),
  file: z.string(),
  outcome: z.enum(['passed', 'failed', 'errored', 'skipped', 'todo']),
  reason: z.enum(['assertion', 'error', 'hook', 'timeout', 'crash']).optional(),
  message: z.string().optional(),
})

export const counts = z.object({
  passed: z.number(),
  failed: z.number(),
  skipped: z.number(),
  errored: z.number(),
})

/** A recorded run: what was executed and how it ended. The run's log has the whole output. */
export const runRecord = z.object({
  id: z.string(),
  command: z.array(z.string()),
  cwd: z.string(),
  exitCode: z.number().nullable(),
  durationMs: z.number(),
  framework: z.string(),
  output: z.string(),
  outputSha256: z.string(),
  /** Lines of the output that contain a measurement. */
  measured: z.array(z.string()).optional(),
  /** There was no report, so it is unknown which test failed and why. */
  exitCodeOnly: z.literal(true).optional(),
  /** A runner that was started before ran the tests. `command` is the same run in a new process. */
  warm: z.literal(true).optional(),
})

/** sha256 by path; `absent` for a file that does not exist. `package.json#key` is that part of the file. */
const hashes = z.record(z.string(), z.string())

/** The state of settings and files that every event of a task refers to. */
export const seen = {
  task: z.string(),
  /** Hash of the settings file; `none` if there is none. */
  settings: z.string(),
  /** Hash of the source tree directly after the step. */
  tree: z.string(),
  /** Git's id of the tree object, if git stores it. */
  snapshot: z.string().optional(),
}

export const tests = { run: runRecord, tests: z.array(test), counts, files: hashes, frozen: hashes }

export const mark = z.object({
  path: z.string(),
  line: z.number(),
  /** UTF-16 offset of `to` after all marks were written, so that the edit can be reverted. Older events lack it. */
  offset: z.number().optional(),
  from: z.string(),
  to: z.string(),
})

/** The result of a gate of the validation. Lines of older versions have fewer fields. */
export const gate = z.object({
  name: z.string(),
  passed: z.boolean(),
  findings: z.array(z.string()),
  verdict: z.enum(['pass', 'fail', 'not needed', 'not checked']).optional(),
  summary: z.string().optional(),
  /** What was checked, in order. */
  checks: z
    .array(z.object({ group: z.string().optional(), text: z.string(), passed: z.boolean() }))
    .optional(),
  /** The run of the gate. The run of the tests is a field of the validation itself. */
  run: runRecord.optional(),
})

/** Which human made a decision, and how they were asked. Older lines lack the channel. */
export const humanDecision = {
  person: z.string(),
  channel: z.enum(['terminal', 'page', 'elicitation']).optional(),
}

/** A test file that changed after it had proven a task, run again on the sources of its RED. */
export const reverified = z.object({
  /** Hash of the RED. */
  red: z.string(),
  file: z.string(),
  sha256: z.string(),
  /** `unseen`: it could not be loaded there, or those sources are not available. */
  how: z.enum(['fails', 'unseen']),
  /** Lines were added to the file, and none was changed or removed. */
  added: z.literal(true).optional(),
})

/** A test whose version at the time of its task fails on the code of the validation. */
export const superseded = z.object({ task: z.string(), id: z.string() })

/** A test that ran at the feature's start and does not run now, with the cause as a clause. */
export const stoppedTest = z.object({ id: z.string(), cause: z.string() })

/** What a refactoring kept and changed. */
export const refactoring = z.object({
  /** Hash of the event with the suite on the files from before. */
  before: z.string(),
  /** Tests that have another id now: new id by earlier id. */
  renamed: z.record(z.string(), z.string()).optional(),
  /** Test files, fixtures and snapshots that changed or are gone. */
  tests: z.array(z.string()).optional(),
  /** What failed before and still fails. */
  failing: z.array(z.string()).optional(),
  /** Code that changed, with its lines, and the new names in it that no test and no other code mentions. */
  code: z.array(
    z.object({
      file: z.string(),
      added: z.number(),
      removed: z.number(),
      unseen: z.array(z.string()).optional(),
    }),
  ),
})

/** A test that proved finished work and that runs in another file now, with the same text. */
export const movedTest = z.object({
  from: z.string(),
  to: z.string(),
  /** Hash of the tests that count as verified: of its file, or the earlier one if tests were added to it too. */
  sha256: z.string(),
})

/** A small change of the code that was tried, and what the tests of the task did with it. */
export const mutant = z.object({
  file: z.string(),
  line: z.number(),
  /** What was changed, such as "Replacing the body of `size` with `return 0`". */
  change: z.string(),
  function: z.string().optional(),
  /**
   * `other`: only tests fail that the task did not turn green. `invalid`: the changed code cannot be loaded. `unloaded`: the tests
   * pass even if the file cannot be loaded, so they run other code.
   */
  outcome: z.enum(['killed', 'timed-out', 'survived', 'other', 'invalid', 'unloaded']),
  /** A test that notices only this asserts nothing about the value. */
  onlyAbsence: z.literal(true).optional(),
  /** One place in a line was changed; absent if a whole body was replaced. */
  scope: z.literal('line').optional(),
  /** The kind of the value that was put in place of one whose kind is not known. */
  guess: z.string().optional(),
  /** That it survives says nothing, such as a changed text of a message. */
  ignored: z.literal(true).optional(),
})

/** Something about a line of code that a reader should know. */
export const codeRemark = z.object({
  file: z.string(),
  line: z.number(),
  /** A phrase, such as "asks whether a test runs (`process.env.VITEST`)". */
  what: z.string(),
})

/** The channels besides the terminal that the settings allow for asking a human. Absent if the settings name none. */
export const channels = z.array(z.enum(['terminal', 'page', 'elicitation'])).optional()

/** Hash of the plan record that is kept beside the ledger: what the plan asked for at this moment. */
export const plan = z.string().optional()

/** Hashes of the check configuration, by key. Absent if nothing changed since the last event that has them. */
export const judges = z.record(z.string(), z.string()).optional()
/** The classes of evidence that `verify` accepts by the settings at this moment. Absent if the settings do not limit them. */
export const policy = z.array(z.string()).optional()

export const knownFailure = z.object({ symptom: z.string(), cause: z.string(), cure: z.string() })

export type RunRecord = z.infer<typeof runRecord>
export type RecordedTest = z.infer<typeof test>
export type Reverified = z.infer<typeof reverified>
export type StoppedTest = z.infer<typeof stoppedTest>
export type MovedTest = z.infer<typeof movedTest>
export type Refactoring = z.infer<typeof refactoring>
/** A mutant with its outcome. */
export type TriedMutant = z.infer<typeof mutant>
export type CodeRemark = z.infer<typeof codeRemark>
export type Superseded = z.infer<typeof superseded>
/** How a human was asked. */
export type Channel = NonNullable<z.infer<typeof humanDecision.channel>>
