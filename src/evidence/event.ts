import * as z from 'zod'
import { lastPlaced } from './events-by-kind.ts'
import {
  kind,
  movedTest,
  counts,
  runRecord,
  seen,
  tests,
  mark,
  mutant,
  stoppedTest,
  superseded,
  refactoring,
  gate,
  humanDecision,
  reverified,
  channels,
  knownFailure,
} from './event-parts.ts'

/** What the ledger records. Every line is one event. Lines that are read from disk are checked against these schemas. */

/** Hash of the plan record that is kept beside the ledger: what the plan asked for at this moment. */
const plan = z.string().optional()

/** Hashes of the configuration that judges the work, by key. Absent if they are as at the event before. */
const judges = z.record(z.string(), z.string()).optional()
/** The classes of evidence that `verify` accepts by the settings at this moment. Absent if the settings do not limit them. */
const policy = z.array(z.string()).optional()

const bodies = [
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
    kind: z.literal('red'),
    ...seen,
    ...tests,
    provenAs: kind,
    names: z.array(z.string()),
    /** Why test files could not be loaded. */
    loadErrors: z.array(z.object({ file: z.string(), message: z.string() })),
    /** The tests could not be loaded because the code that they test does not exist yet. */
    loadFailure: z.boolean(),
    /** The run was in a temporary checkout: without code that exists now (`late`), or because the tests changed after RED. */
    checkout: z.enum(['late', 'tests-changed']).optional(),
    /** For `late`: what the sources were restored to, the start of the task or feature, or the GREEN of an earlier task. */
    base: z.enum(['task', 'feature', 'green']).optional(),
    /** For `tests-changed`: lines were added to the test files, and none was changed or removed. */
    added: z.literal(true).optional(),
    /** For `tests-changed`: other files that changed since the RED before and that the tests may use. Absent in earlier versions. */
    support: z.array(z.string()).optional(),
  }),
  z.object({
    kind: z.literal('green'),
    ...seen,
    ...tests,
    /** Full names of the only tests that ran; empty if all tests of the files ran. */
    names: z.array(z.string()),
    /** Absent if the files that a `check` task names were enough. */
    run: runRecord.optional(),
    /** The files that a `check` task names. All of them exist and are not empty. */
    named: z.array(z.string()),
    /** The named check of the settings that passed. */
    check: z.string().optional(),
    /** The tests changed after RED: those whose first version fails with the new code. */
    superseded: z.array(superseded).optional(),
    /** For a task of kind `refactor`, whose GREEN is a full suite. */
    refactoring: refactoring.optional(),
  }),
  /** The tests of a GREEN on small changes of the code that the task wrote. */
  z.object({
    kind: z.literal('mutation'),
    task: z.string(),
    settings: seen.settings,
    /** Hash of the GREEN. */
    green: z.string(),
    verdict: z.enum(['noticed', 'weak', 'not-checked']),
    /** Why it was not checked, as a clause. */
    reason: z.string().optional(),
    /** The changes that were tried, and how many were not. */
    mutants: z.array(mutant),
    untried: z.number(),
    /** Functions of the task that do nothing. */
    empty: z.array(z.string()).optional(),
    /** Ids of tests that reach none of their assertions with the code of the GREEN. */
    unreached: z.array(z.string()).optional(),
    /** How many tests the task turned green. */
    tests: z.number(),
  }),
  /** The suite on the files that a task of kind `refactor` started with. */
  z.object({
    kind: z.literal('before'),
    ...seen,
    run: runRecord,
    counts,
    /** Ids of tests that passed, up to a limit, and what failed: ids, or files that could not be loaded. */
    passed: z.array(z.string()),
    failing: z.array(z.string()),
  }),
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
  z.object({
    kind: z.literal('suite'),
    ...seen,
    /** `related`: tests that load what the task changed failed, so the full suite did not run. */
    ran: z.enum(['full', 'feature', 'related']),
    run: runRecord,
    counts,
    /** Ids of tests that failed unexpectedly. */
    failing: z.array(z.string()),
    /** Ids of tests that already failed before the feature. */
    before: z.array(z.string()).optional(),
    /** Ids of pending tests that passed. */
    turnedGreen: z.array(z.string()),
    /** Files that could not be loaded at RED and whose tests all passed. */
    passedFiles: z.array(z.string()),
    moved: z.array(movedTest).optional(),
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
    /** Hashes of changed files that judge the work, as the human saw them: configuration by its key, tests by their path. */
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

/** An event before it is added to the chain. */
const eventBody = z.discriminatedUnion('kind', bodies)
export type EventBody = z.infer<typeof eventBody>

const placed = z.object({
  seq: z.number(),
  prev: z.string(),
  hash: z.string(),
  feature: z.string(),
  /** ISO 8601, UTC. */
  at: z.string(),
  /** Tag of the server or terminal that the event was recorded for. */
  by: z.string(),
  /** The clone in which it was recorded, if several clones share a store. */
  clone: z.string().optional(),
  /** The branch that was checked out there. */
  branch: z.string().optional(),
})
export type EventHeader = z.infer<typeof placed>
export type Event = EventBody & EventHeader
export type EventOf<K extends EventBody['kind']> = Extract<EventBody, { kind: K }> & EventHeader

/** The latest event of a kind, such as the last validation; `matches` narrows the search. */
export function lastEvent<K extends EventBody['kind']>(
  events: readonly Event[],
  kind: K,
  matches: (event: EventOf<K>) => boolean = () => true,
): EventOf<K> | undefined {
  return lastPlaced(events, kind, matches)?.event
}

/** A line as an event; `undefined` if this version does not know its shape. */
export function parseEvent(entry: Record<string, unknown>): Event | undefined {
  const place = placed.safeParse(entry)
  const body = eventBody.safeParse(entry)
  return place.success && body.success ? { ...body.data, ...place.data } : undefined
}

/** The short id of an event for humans and tools. */
export function eventId(event: EventHeader): string {
  return event.hash.slice(0, 12)
}
