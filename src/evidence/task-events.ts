import * as z from 'zod'
import {
  kind,
  runRecord,
  seen,
  mark,
  stoppedTest,
  humanDecision,
  reverified,
  channels,
  plan,
  judges,
  policy,
} from './event-parts.ts'

/** Events of a task: its start, its end, and who works on it. */
export const taskEvents = [
  /** The ids of a plan whose format has none, in file order, with the words by which a task is recognised later. */
  z.object({
    kind: z.literal('ids'),
    given: z.array(z.object({ id: z.string(), title: z.string(), group: z.string() })),
  }),
  z.object({
    kind: z.literal('start'),
    ...seen,
    title: z.string(),
    /** The files that the task names. */
    names: z.array(z.string()).optional(),
    /** Hash of the latest `done` of the task that this ledger had: the task is done again. */
    again: z.string().optional(),
    provenAs: kind,
    channels,
    plan,
    judges,
    policy,
  }),
  z.object({
    kind: z.literal('done'),
    ...seen,
    provenAs: kind,
    refactor: z.string().optional(),
    suite: z.enum(['full', 'feature', 'none']),
    marks: z.array(mark),
    /** Hashes of the events that prove it. */
    proof: z.array(z.string()),
    reverified: z.array(reverified).optional(),
    confirmedBy: z.string().optional(),
    channel: humanDecision.channel,
    /** The run of the linter, if it ran. */
    lint: runRecord.optional(),
    /** The run of the type checker, if it ran. */
    types: runRecord.optional(),
    /** Linters and type checkers that still find what they found when the feature was started. */
    findings: z
      .array(z.object({ judge: z.string(), count: z.number(), first: z.string() }))
      .optional(),
    stopped: z.array(stoppedTest).optional(),
    judges,
  }),
  /** The linter, the type checker or a named check refused the task. */
  z.object({
    kind: z.literal('refused'),
    task: z.string(),
    judge: z.string(),
    command: z.array(z.string()),
    settings: z.string(),
    judges,
  }),
  z.object({
    kind: z.literal('failed'),
    task: z.string(),
    error: z.string(),
    files: z.array(z.string()),
    cause: z.string().optional(),
    effect: z.enum(['halted', 'continues']),
  }),
  z.object({ kind: z.literal('resumed'), task: z.string() }),
  /** The task was taken over from a holder whose lease expired or whose process ended, or a human ended the lease. */
  z.object({
    kind: z.literal('released'),
    task: z.string(),
    /** The tag of the earlier holder, in the form of `by`. */
    from: z.string(),
    since: z.string(),
    why: z.enum(['expired', 'gone', 'human']),
    person: humanDecision.person.optional(),
    channel: humanDecision.channel,
  }),
] as const
