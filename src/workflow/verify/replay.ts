import { availableParallelism } from 'node:os'
import type { Event, EventOf } from '../../evidence/event.ts'
import type { Context } from '../context/context.ts'
import { finding, type Finding } from './finding.ts'
import { runAgain } from './run-again.ts'

/** Told how many of all runs are over. */
export type Follow = (over: number, all: number) => void

export interface ReplayResult {
  runs: number
  findings: Finding[]
}

type Witnessed = EventOf<'red'> | EventOf<'green'>

/**
 * Runs every RED and GREEN of a feature again on the files that were kept with it. Whoever can edit the ledger can forge a
 * line, but not a test that fails on the kept red files and passes on the kept green ones.
 */
export async function replay(context: Context, follow: Follow): Promise<ReplayResult> {
  const runs = distinct(context.ledger.events.filter(hasRun))
  const gaps = await inParallel(context, runs, follow)
  return {
    runs: runs.length,
    findings: runs.flatMap((event, index) => {
      const gap = gaps[index]
      return gap === undefined ? [] : [finding(context, event.task, told(event, gap))]
    }),
  }
}

function hasRun(event: Event): event is Witnessed {
  return event.kind === 'red' || event.kind === 'green'
}

function told(event: Witnessed, gap: string): string {
  return `was recorded as ${event.kind} on ${event.at}, and replaying it does not show that: ${gap}`
}

/** The same tests on the same files need to be run once. */
function distinct(events: readonly Witnessed[]): Witnessed[] {
  const known = new Map<string, Witnessed>()
  for (const event of events) {
    const { kind, task, tree, snapshot, files, names, tests } = event
    known.set(JSON.stringify([kind, task, tree, snapshot, files, names, tests]), event)
  }
  return [...known.values()]
}

/** What could not be shown, run by run; what two runs at once may have spoilt is run once more by itself. */
async function inParallel(
  context: Context,
  events: readonly Witnessed[],
  follow: Follow,
): Promise<(string | undefined)[]> {
  const gaps: (string | undefined)[] = []
  let next = 0
  let over = 0
  const work = async () => {
    for (let at = next++; at < events.length; at = next++) {
      const event = events[at]
      gaps[at] = event && (await runAgain(context, event))
      follow((over += 1), events.length)
    }
  }
  const workers = Math.min(availableParallelism(), events.length)
  await Promise.all(Array.from({ length: workers }, work))
  if (workers < 2) return gaps
  for (const [at, event] of events.entries()) {
    if (gaps[at] !== undefined) gaps[at] = await runAgain(context, event)
  }
  return gaps
}
