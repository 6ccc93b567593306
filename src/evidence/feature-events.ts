import * as z from 'zod'
import {
  counts,
  runRecord,
  seen,
  stoppedTest,
  superseded,
  gate,
  reverified,
  knownFailure,
  judges,
} from './event-parts.ts'

/** Events of the whole feature: what failed before it, and its validation. */
export const featureEvents = [
  z.object({
    kind: z.literal('baseline'),
    settings: seen.settings,
    /** The source tree of the feature's start. */
    tree: seen.tree,
    snapshot: seen.snapshot,
    run: runRecord,
    counts,
    /** The test files that ran on it, and what failed: test ids, or files that could not be loaded. */
    files: z.array(z.string()),
    failing: z.array(z.string()),
    /** Ids of the tests that ran, if the files were run to know them. */
    ran: z.array(z.string()).optional(),
  }),
  /** What a linter or type checker finds in the files of the feature's start. */
  z.object({
    kind: z.literal('findings'),
    judge: z.string(),
    command: z.array(z.string()),
    settings: seen.settings,
    tree: seen.tree,
    snapshot: seen.snapshot,
    run: runRecord,
    findings: z.array(z.object({ file: z.string(), text: z.string() })),
  }),
  z.object({
    kind: z.literal('validation'),
    passed: z.boolean(),
    settings: z.string(),
    tree: z.string(),
    gates: z.array(gate),
    /** Hash of the tree after the validation. The application may have changed files. */
    after: z.string().optional(),
    /** When the workflow's own files were marked complete, and the hash of the tree with these marks. */
    finished: z.object({ at: z.string(), tree: z.string() }).optional(),
    known: z.array(knownFailure).optional(),
    screenshots: z.array(z.object({ name: z.string(), sha256: z.string() })).optional(),
    /** Ids of tests that failed. */
    failing: z.array(z.string()).optional(),
    counts: counts.optional(),
    run: runRecord.optional(),
    turnedGreen: z.array(z.string()),
    passedFiles: z.array(z.string()),
    reverified: z.array(reverified).optional(),
    superseded: z.array(superseded).optional(),
    stopped: z.array(stoppedTest).optional(),
    judges,
  }),
] as const
