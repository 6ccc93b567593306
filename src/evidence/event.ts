import * as z from 'zod'
import {
  kind,
  counts,
  runRecord,
  seen,
  tests,
  mark,
  superseded,
  gate,
  humanDecision,
  reverified,
  channels,
  knownFailure,
} from './event-parts.ts'

/** What the ledger records. Every line is one event; the schemas are the door for lines read from disk. */

/** Hash of the plan record that is kept beside the ledger: what the plan asked for at this moment. */
const plan = z.string().optional()

const bodies = [
  z.object({
    kind: z.literal('start'),
    ...seen,
    title: z.string(),
    /** The files that the task names. */
    names: z.array(z.string()).optional(),
    provenAs: kind,
    channels,
    plan,
  }),
  z.object({
    kind: z.literal('red'),
    ...seen,
    ...tests,
    provenAs: kind,
    names: z.array(z.string()),
    /** What kept test files from loading, for a shallow RED. */
    loadErrors: z.array(z.object({ file: z.string(), message: z.string() })),
    /** The tests could not be loaded because the code they are for does not exist yet. */
    loadFailure: z.boolean(),
    /** Seen in a checkout aside: without code that is there by now, or again because the tests were changed. */
    checkout: z.enum(['late', 'tests-changed']).optional(),
    /** For a late one: whose start the sources were put back to. */
    base: z.enum(['task', 'feature']).optional(),
  }),
  z.object({
    kind: z.literal('green'),
    ...seen,
    ...tests,
    /** The full names that alone were run; empty for all of the files. */
    names: z.array(z.string()),
    /** Absent where the files that a `check` task names were enough. */
    run: runRecord.optional(),
    /** Files that a `check` task names, all seen to exist and not to be empty. */
    named: z.array(z.string()),
    /** The named check of the settings that passed. */
    check: z.string().optional(),
  }),
  z.object({
    kind: z.literal('baseline'),
    settings: seen.settings,
    /** The files of the feature's start. */
    tree: seen.tree,
    snapshot: seen.snapshot,
    run: runRecord,
    counts,
    /** Test files that were run on them, and what failed: ids, or files that could not be loaded. */
    files: z.array(z.string()),
    failing: z.array(z.string()),
  }),
  z.object({
    kind: z.literal('suite'),
    ...seen,
    ran: z.enum(['full', 'feature']),
    run: runRecord,
    counts,
    /** Ids that failed and were not excused. */
    failing: z.array(z.string()),
    /** Those that failed before the feature as well. */
    before: z.array(z.string()).optional(),
    /** Ids that passed and had been owed. */
    turnedGreen: z.array(z.string()),
    /** Files of shallow reds whose tests all passed. */
    passedFiles: z.array(z.string()),
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
    /** The linter, where it ran. */
    lint: runRecord.optional(),
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
  /** Taken over from somebody whose lease ran out, or whose process is gone. */
  z.object({
    kind: z.literal('released'),
    task: z.string(),
    /** Who had it, as `by` would say. */
    from: z.string(),
    since: z.string(),
    why: z.enum(['expired', 'gone']),
  }),
  z.object({ kind: z.literal('waived'), task: z.string(), reason: z.string(), ...humanDecision }),
  z.object({
    kind: z.literal('approved'),
    /** Hash of the settings, and of the plan without its marks, that the person saw. */
    settings: z.string(),
    structure: z.string(),
    plan,
    channels,
    ...humanDecision,
  }),
  z.object({ kind: z.literal('phase-confirmed'), phase: z.string(), ...humanDecision }),
  z.object({
    kind: z.literal('gotcha-waived'),
    gotcha: z.string(),
    file: z.string(),
    /** Hash of the line that was found: another line, or the same once more, is another finding. */
    line: z.string(),
    reason: z.string(),
    ...humanDecision,
  }),
  z.object({
    kind: z.literal('standard-confirmed'),
    standard: z.string(),
    /** Hash of what the person read: another text is another standard. */
    text: z.string(),
    /** Why it does not apply, where that is what the person said. */
    waived: z.string().optional(),
    ...humanDecision,
  }),
  z.object({
    kind: z.literal('runs-allowed'),
    /** Beyond the limits of the settings, in the working period that it belongs to. */
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
    /** The tree when all was over: the application may have changed it. */
    after: z.string().optional(),
    /** When the workflow's own files say that the feature is over, and the tree with that in it. */
    finished: z.object({ at: z.string(), tree: z.string() }).optional(),
    known: z.array(knownFailure).optional(),
    screenshots: z.array(z.object({ name: z.string(), sha256: z.string() })).optional(),
    /** Ids that failed. */
    failing: z.array(z.string()).optional(),
    counts: counts.optional(),
    run: runRecord.optional(),
    turnedGreen: z.array(z.string()),
    passedFiles: z.array(z.string()),
    reverified: z.array(reverified).optional(),
    superseded: z.array(superseded).optional(),
  }),
] as const

/** An event before it has its place in the chain. */
const eventBody = z.discriminatedUnion('kind', bodies)
export type EventBody = z.infer<typeof eventBody>

const placed = z.object({
  seq: z.number(),
  prev: z.string(),
  hash: z.string(),
  feature: z.string(),
  /** ISO 8601, UTC. */
  at: z.string(),
  /** Who was served: the same word for the same server or terminal. */
  by: z.string(),
})
export type Placed = z.infer<typeof placed>
export type Event = EventBody & Placed
export type EventOf<K extends EventBody['kind']> = Extract<EventBody, { kind: K }> & Placed

/** The latest event of a kind, such as the last validation; `matches` narrows the search. */
export function lastEvent<K extends EventBody['kind']>(
  events: readonly Event[],
  kind: K,
  matches: (event: EventOf<K>) => boolean = () => true,
): EventOf<K> | undefined {
  return events.findLast((event): event is EventOf<K> => isOfKind(event, kind) && matches(event))
}

function isOfKind<K extends EventBody['kind']>(event: Event, kind: K): event is EventOf<K> {
  return event.kind === kind
}

/** A checked line as an event, or `undefined` when it is of no shape that this version knows. */
export function parseEvent(entry: Record<string, unknown>): Event | undefined {
  const place = placed.safeParse(entry)
  const body = eventBody.safeParse(entry)
  return place.success && body.success ? { ...body.data, ...place.data } : undefined
}

/** The name by which people and tools speak of an event. */
export function eventId(event: Placed): string {
  return event.hash.slice(0, 12)
}
