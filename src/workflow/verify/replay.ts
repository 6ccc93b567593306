import { availableParallelism } from 'node:os'
import type { Event, EventOf } from '../../evidence/event.ts'
import type { Context } from '../context/context.ts'
import { finding, type Finding } from './finding.ts'
import { runAgain } from './run-again.ts'

/** Called after each run. */
export type ReplayProgress = (done: number, total: number) => void

export interface ReplayResult {
  runs: number
  findings: Finding[]
}

type RecordedRun = EventOf<'red'> | EventOf<'green'>

/**
 * Runs every RED and GREEN of a feature again on its snapshot. Anyone who can edit the ledger can forge a line, but not a test
 * that fails on the snapshot of the RED and passes on the snapshot of the GREEN.
 */
export async function replay(context: Context, onProgress: ReplayProgress): Promise<ReplayResult> {
  const runs = distinctRuns(context.ledger.events.filter(isRun))
  const gaps = await replayAll(context, runs, onProgress)
  return {
    runs: runs.length,
    findings: runs.flatMap((run, index) => {
      const gap = gaps[index]
      if (gap === undefined) return []
      const what = `was recorded as ${run.kind} on ${run.at}, but the replay does not show it: ${gap}`
      return [finding(context, run.task, what)]
    }),
  }
}

function isRun(event: Event): event is RecordedRun {
  return event.kind === 'red' || event.kind === 'green'
}

/** Runs of the same tests on the same files, only once. */
function distinctRuns(events: readonly RecordedRun[]): RecordedRun[] {
  const known = new Map<string, RecordedRun>()
  for (const event of events) {
    const { kind, task, tree, snapshot, files, names, tests } = event
    known.set(JSON.stringify([kind, task, tree, snapshot, files, names, tests]), event)
  }
  return [...known.values()]
}

/** For each run: why it could not be replayed, or `undefined`. A run that failed beside others is repeated alone. */
async function replayAll(
  context: Context,
  runs: readonly RecordedRun[],
  onProgress: ReplayProgress,
): Promise<(string | undefined)[]> {
  const gaps: (string | undefined)[] = []
  let next = 0
  let done = 0
  const work = async () => {
    for (let at = next++; at < runs.length; at = next++) {
      const run = runs[at]
      gaps[at] = run && (await runAgain(context, run))
      onProgress((done += 1), runs.length)
    }
  }
  const workers = Math.min(availableParallelism(), runs.length)
  await Promise.all(Array.from({ length: workers }, work))
  if (workers < 2) return gaps
  for (const [at, run] of runs.entries()) {
    if (gaps[at] !== undefined) gaps[at] = await runAgain(context, run)
  }
  return gaps
}
