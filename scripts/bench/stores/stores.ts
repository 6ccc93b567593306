import { medianOf } from '../measure.ts'
import { describeMachine } from '../machine.ts'
import { plotOf, type Series } from '../plot.ts'
import { inMilliseconds, ratioOf, tableOf, type Report } from '../report.ts'
import type { Outcome } from '../peers/turns.ts'
import { CALLS, measureStoreCalls } from './calls.ts'
import { measureContention, type Contention } from './contention.ts'
import { openStores } from './tested-stores.ts'

type Results = Record<string, (Contention | { missing: string })[]>

/** Each store with 1 to 64 clients at the same time, and the calls of one server with each store. */
export async function measureStores(quick: boolean): Promise<Report> {
  const machine = describeMachine()
  const { stores, missing, close } = await openStores()
  const counts = quick ? [1, 4] : [1, 4, 16, 64]
  const results: Results = {}
  try {
    const effort = quick ? { rounds: 6, seconds: 20 } : { rounds: 40, seconds: 120 }
    const calls = await measureStoreCalls(stores, effort)
    for (const clients of counts)
      for (const store of stores) {
        const found = await measureContention(store, clients, quick ? 3 : 20).catch(missingFor)
        results[store.name] = [...(results[store.name] ?? []), found]
      }
    const names = stores.map(({ name }) => name)
    return {
      lines: missing,
      tables: {
        'machine of the stores': [machine],
        'clients of a store': contentionTable(counts, names, results),
        'calls with a store': callTable(names, calls),
      },
      plots: {
        'stores.svg': plotOf(
          'Time to claim a task and record its mark (median), by the number of clients',
          'clients that work at the same time',
          seriesOf(results),
        ),
      },
      figures: { calls, clients: results },
    }
  } finally {
    await close()
  }
}

function missingFor(error: unknown): { missing: string } {
  return { missing: error instanceof Error ? error.message : String(error) }
}

function contentionTable(counts: readonly number[], names: readonly string[], results: Results) {
  const rows = counts.map((clients, at) => [
    String(clients),
    ...names.map(name => describeContention(results[name]?.[at])),
  ])
  return tableOf(['clients', ...names], rows)
}

/** Tasks per second, and the middle and the slowest hundredth of the times of each. */
function describeContention(found: Results[string][number] | undefined): string {
  if (!found || 'missing' in found) return `– (${found?.missing.slice(0, 100) ?? ''})`
  const { perSecond, latencies } = found
  if (latencies.length === 0) return '0 per second'
  const slow = latencies[Math.ceil(latencies.length * 0.99) - 1] ?? 0
  const rate = perSecond < 10 ? perSecond.toFixed(1) : Math.round(perSecond).toString()
  return `${rate} per second, ${inMilliseconds(medianOf(latencies))} / ${inMilliseconds(slow)}`
}

function seriesOf(results: Results): Series[] {
  return Object.entries(results).map(([name, all]) => ({
    name,
    points: all.flatMap(one =>
      'missing' in one || one.latencies.length === 0
        ? []
        : [{ x: one.clients, y: medianOf(one.latencies) }],
    ),
  }))
}

function callTable(
  names: readonly string[],
  calls: Awaited<ReturnType<typeof measureStoreCalls>>,
): string[] {
  const rows = CALLS.map(call => {
    const [first = Number.NaN] = names.map(name => median(calls[call][name]))
    return [
      `\`${call}\``,
      ...names.map((name, at) => {
        const ms = median(calls[call][name])
        if (Number.isNaN(ms)) return '–'
        return at === 0 ? inMilliseconds(ms) : `${inMilliseconds(ms)} (${ratioOf(ms, first)})`
      }),
    ]
  })
  return tableOf(['', ...names], rows)
}

function median(outcome: Outcome | undefined): number {
  return outcome && 'figures' in outcome && outcome.figures.length > 0
    ? medianOf(outcome.figures)
    : Number.NaN
}
