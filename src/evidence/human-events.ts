import * as z from 'zod'
import { humanDecision, channels, plan, policy } from './event-parts.ts'

/** Decisions of a human. */
export const humanEvents = [
  /** A human opened a task again. What was recorded about it before stays here and no longer counts. */
  z.object({
    kind: z.literal('reopened'),
    task: z.string(),
    was: z.enum(['done', 'failed', 'waived', 'ticked']),
    reason: z.string().optional(),
    ...humanDecision,
  }),
  /** A human decided that a test of a task is no longer wanted. */
  z.object({
    kind: z.literal('test-retired'),
    /** The task that the test proved, or that wrote it. */
    task: z.string(),
    test: z.string(),
    /** Hash of its file if it is pending and changed: its other tests count as they are now. */
    files: z.record(z.string(), z.string()).optional(),
    reason: z.string(),
    ...humanDecision,
  }),
  z.object({ kind: z.literal('waived'), task: z.string(), reason: z.string(), ...humanDecision }),
  z.object({
    kind: z.literal('approved'),
    /** Hashes of the settings, and of the plan without its marks, that the human saw. */
    settings: z.string(),
    structure: z.string(),
    plan,
    channels,
    /** Hashes of changed files that decide whether work is accepted, as the human saw them: configuration by its key, tests by their path. */
    files: z.record(z.string(), z.string()).optional(),
    policy,
    ...humanDecision,
  }),
  z.object({ kind: z.literal('phase-confirmed'), phase: z.string(), ...humanDecision }),
  z.object({
    kind: z.literal('gotcha-waived'),
    gotcha: z.string(),
    file: z.string(),
    /** Hash of the line that was found. Any other line is not waived. */
    line: z.string(),
    reason: z.string(),
    ...humanDecision,
  }),
  z.object({
    kind: z.literal('standard-confirmed'),
    standard: z.string(),
    /** Hash of the text that the human read. A changed text needs a new decision. */
    text: z.string(),
    /** Why the standard does not apply, if the human decided so. */
    waived: z.string().optional(),
    ...humanDecision,
  }),
  z.object({
    kind: z.literal('runs-allowed'),
    /** Runs beyond the limits of the settings, in the current working period. */
    fullRuns: z.number(),
    attempts: z.number(),
    ...humanDecision,
  }),
] as const
