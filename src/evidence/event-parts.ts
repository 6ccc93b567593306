import * as z from 'zod'

/** Of what the events of the ledger are made; `event.ts` has the events. */

export const kind = z.enum(['build', 'test', 'cover', 'check', 'person'])

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

/** A run as it is kept: what was executed and how it ended. The whole output is in the run's log. */
export const runRecord = z.object({
  id: z.string(),
  command: z.array(z.string()),
  cwd: z.string(),
  exitCode: z.number().nullable(),
  durationMs: z.number(),
  framework: z.string(),
  output: z.string(),
  outputSha256: z.string(),
  /** Lines of the output that told something measured. */
  measured: z.array(z.string()).optional(),
  /** There was no report: neither which test failed nor why was seen. */
  exitCodeOnly: z.literal(true).optional(),
})

/** sha256 by path, `absent` for a file that does not exist; `package.json#key` stands for that part of it. */
const hashes = z.record(z.string(), z.string())

/** What every event of a task was seen with. */
export const seen = {
  task: z.string(),
  /** Hash of the settings file, `none` without one. */
  settings: z.string(),
  /** Hash of the source tree right after the step. */
  tree: z.string(),
  /** Git's name for that tree with its contents, where git keeps it. */
  snapshot: z.string().optional(),
}

export const tests = { run: runRecord, tests: z.array(test), counts, files: hashes, frozen: hashes }

export const mark = z.object({
  path: z.string(),
  line: z.number(),
  /** Where `to` stood in the file when all marks were written, so that they can be taken back; older events lack it. */
  offset: z.number().optional(),
  from: z.string(),
  to: z.string(),
})

/** What a gate of the validation came to; lines of older versions have fewer fields. */
export const gate = z.object({
  name: z.string(),
  passed: z.boolean(),
  findings: z.array(z.string()),
  verdict: z.enum(['pass', 'fail', 'not needed', 'not checked']).optional(),
  summary: z.string().optional(),
  /** What was looked at, in order. */
  checks: z
    .array(z.object({ group: z.string().optional(), text: z.string(), passed: z.boolean() }))
    .optional(),
  /** What ran for it. That of the tests is the run of the validation. */
  run: runRecord.optional(),
})

/** Who decided what no tool decides, and how they were asked; older lines do not say how. */
export const humanDecision = {
  person: z.string(),
  channel: z.enum(['terminal', 'page', 'elicitation']).optional(),
}

/** A test file that was changed after it had proven a task, on the sources that its RED was seen with. */
export const reverified = z.object({
  /** Hash of the RED. */
  red: z.string(),
  file: z.string(),
  sha256: z.string(),
  /** `unseen`: it could not be loaded there, or nobody has those sources. */
  how: z.enum(['fails', 'unseen']),
})

/** A test that fails on the code of the validation as it was when it proved its task. */
export const superseded = z.object({ task: z.string(), id: z.string() })

/** How a person may be asked by the settings, the terminal aside; absent where they name nothing. */
export const channels = z.array(z.enum(['terminal', 'page', 'elicitation'])).optional()

export const knownFailure = z.object({ symptom: z.string(), cause: z.string(), cure: z.string() })

export type RunRecord = z.infer<typeof runRecord>
export type SeenTest = z.infer<typeof test>
export type Reverified = z.infer<typeof reverified>
export type Superseded = z.infer<typeof superseded>
/** How a person was asked. */
export type Channel = NonNullable<z.infer<typeof humanDecision.channel>>
