import { availableParallelism } from 'node:os'
import { proofOf } from '../../evidence/chains.ts'
import type { Event, EventOf } from '../../evidence/event.ts'
import type { Context } from '../context/context.ts'
import type { Classified } from './evidence-group.ts'
import { finding, type Finding } from './finding.ts'
import { checkCurrentProofs } from './current-proofs.ts'
import { replayRun, type Gap } from './replay-run.ts'

/** Called after each run. */
export type ReplayProgress = (done: number, total: number) => void

export interface ReplayResult {
  runs: number
  findings: Finding[]
  /** Sentences about runs that vary or cannot be repeated here. They are not findings. */
  notes: string[]
  classified: Classified[]
}

type RecordedRun = EventOf<'red'> | EventOf<'green'>

/**
 * Runs each RED and GREEN that still counts again on its snapshot. Anyone who can edit the ledger can forge a line, but not a
 * test that fails on the snapshot of the RED and passes on the snapshot of the GREEN. Tests that changed since also run on the current
 * code, as they were. With a task, only its recorded runs.
 */
export async function replay(
  context: Context,
  onProgress: ReplayProgress,
  task?: string,
): Promise<ReplayResult> {
  const counting = countingRuns(context)
  const runs = distinctRuns(counting.filter(run => task === undefined || run.task === task))
  const results = await replayAll(context, runs, onProgress)
  const pairs = runs.flatMap((run, index) => {
    const result = results[index]
    return result ? [{ run, result }] : []
  })
  const varying = pairs.filter(({ result }) => result.class === 'flaky')
  const unavailable = pairs.filter(({ result }) => result.class === 'not-replayed')
  const now =
    task === undefined &&
    (await checkCurrentProofs(context, new Set(pairs.map(({ run }) => run.hash))))
  return {
    runs: runs.length,
    findings: [
      ...pairs
        .filter(({ result }) => result.class === undefined)
        .map(({ run, result }) => {
          const what = `was recorded as ${run.kind} on ${run.at}, but the replay does not show it: ${result.text}`
          return finding(context, run.task, what)
        }),
      ...(now ? now.findings : []),
    ],
    notes: [
      ...varying.map(({ run, result }) => describeVarying(run, result)),
      ...unavailable.map(
        ({ run, result }) =>
          `${run.task}: its ${run.kind} cannot be replayed here: ${result.text}.`,
      ),
      ...(now ? now.notes : []),
    ],
    classified: [
      ...pairs.flatMap(({ run: { task, kind }, result }): Classified[] =>
        result.class ? [{ class: result.class, task, name: `${task} (${kind})` }] : [],
      ),
      ...(now ? now.classified : []),
    ],
  }
}

function describeVarying({ task, kind }: RecordedRun, { text }: ReplayedRun): string {
  return `${task}: its ${kind} varies from run to run on the same files (once: ${text}), so a test is flaky. That is not a sign of a forged record. Make the test independent of time, order and chance; to prove ${task} with it again, a human runs \`redgreen reopen ${task}\`.`
}

/**
 * For each task that no human waived: the latest runs, and those that its mark refers to. A run before a new start, and a RED before
 * another RED, no longer prove anything.
 */
function countingRuns({ ledger, histories }: Context): RecordedRun[] {
  const counting = new Set<string>()
  for (const { red, green, done, waived } of histories.values()) {
    if (waived) continue
    const proof = done ? proofOf(ledger.events, done) : []
    for (const event of [red, green, ...proof]) if (event) counting.add(event.hash)
  }
  return ledger.events.filter(isRun).filter(({ hash }) => counting.has(hash))
}

function isRun(event: Event): event is RecordedRun {
  return event.kind === 'red' || event.kind === 'green'
}

/** Removes repeated runs of the same tests on the same files. */
function distinctRuns(events: readonly RecordedRun[]): RecordedRun[] {
  const known = new Map<string, RecordedRun>()
  for (const event of events) {
    const { kind, task, tree, snapshot, files, names, tests } = event
    known.set(JSON.stringify([kind, task, tree, snapshot, files, names, tests]), event)
  }
  return [...known.values()]
}

/** How a repeated run differs from the recorded one, and what that means if it is not a finding. */
interface ReplayedRun {
  text: string
  /** The result varies between runs, or the run needs something that is missing. */
  class?: 'flaky' | 'not-replayed'
}

/** For each run: how it differs, or `undefined`. A run that failed beside others is repeated alone. */
async function replayAll(
  context: Context,
  runs: readonly RecordedRun[],
  onProgress: ReplayProgress,
): Promise<(ReplayedRun | undefined)[]> {
  const gaps: (Gap | undefined)[] = []
  let next = 0
  let done = 0
  const work = async () => {
    for (let at = next++; at < runs.length; at = next++) {
      const run = runs[at]
      gaps[at] = run && (await replayRun(context, run))
      onProgress((done += 1), runs.length)
    }
  }
  const workers = Math.min(availableParallelism(), runs.length)
  await Promise.all(Array.from({ length: workers }, work))
  const results: (ReplayedRun | undefined)[] = []
  for (const [at, run] of runs.entries()) {
    const alone = workers > 1 && gaps[at] ? await replayRun(context, run) : gaps[at]
    results.push(alone && (await repeat(context, run, alone)))
  }
  return results
}

/** Repeats a run that differs from the recorded one. If it does not differ in the same way each time, the result varies. */
async function repeat(context: Context, run: RecordedRun, gap: Gap): Promise<ReplayedRun> {
  if (gap.isUnavailable) return { text: gap.text.replace(/\.$/, ''), class: 'not-replayed' }
  for (let more = REPEATS; gap.ran && more > 0; more -= 1) {
    const again = await replayRun(context, run)
    if (again?.text !== gap.text) return { text: gap.text, class: 'flaky' }
  }
  return { text: gap.text }
}

const REPEATS = 2
