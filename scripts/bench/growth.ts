import { medianOf } from './measure.ts'
import { openCatalog } from './peers/catalog.ts'
import type { Contestant } from './peers/contestant.ts'
import { ours, planFiles } from './peers/ours.ts'
import { inTurns, type Effort, type Outcome } from './peers/turns.ts'
import { Work } from './peers/work.ts'
import { plotOf, type Series } from './plot.ts'
import { inMilliseconds, tableOf, type Report } from './report.ts'

/** How the time of the question "what is next" grows with the plan, for every server, and with the ledger, for ours. */
export async function measureGrowth(quick: boolean): Promise<Report> {
  const effort = quick ? { rounds: 6, seconds: 3 } : { rounds: 30, seconds: 10 }
  const plan = await growthOfPlan([40, 200, 1_000, 5_000, 10_000], effort)
  const ledger = await growthOfLedger([10, 1_000, 100_000], effort)
  return {
    lines: [],
    tables: {
      'growth of the plan': tableOfSeries('tasks', plan),
      'growth of the ledger': tableOfSeries('events', ledger),
    },
    plots: {
      'plan.svg': plotOf(
        'Time of the question "what is next", by the size of the plan',
        'tasks in the plan',
        plan,
      ),
      'ledger.svg': plotOf(
        'Time of next_task in a plan of 100 tasks, by the size of the ledger',
        'events in the ledger',
        ledger,
      ),
    },
    figures: { plan, ledger },
  }
}

/** Five tasks are done, so that the ledger stays small. */
async function growthOfPlan(sizes: readonly number[], effort: Effort): Promise<Series[]> {
  const { contestants } = await openCatalog()
  const series: Series[] = contestants.map(({ name }) => ({ name, points: [] }))
  for (const tasks of sizes) {
    const works = contestants.map(one => [one.name, new Work(one, { tasks, done: 5 })] as const)
    const entries = works.map(([name, work]) => [name, () => work.next()])
    try {
      // The first call reads the plan.
      for (const [, work] of works) await work.next().catch(() => undefined)
      const outcomes = await inTurns(Object.fromEntries(entries), effort)
      for (const { name, points } of series) points.push(...pointsOf(tasks, outcomes[name]))
    } finally {
      for (const [, work] of works) await work.remove()
    }
  }
  return series
}

/** All ledgers are measured in turn; a server that is new for each first call, and one that stays. */
async function growthOfLedger(counts: readonly number[], effort: Effort): Promise<Series[]> {
  const series: Series[] = [
    { name: 'next_task', points: [] },
    { name: 'first call of a server', points: [] },
  ]
  const works = counts.map(count => {
    const files: Contestant['files'] = size => planFiles(size, count)
    return [String(count), new Work({ ...ours, files }, { tasks: 100, done: 5 })] as const
  })
  const all = (measure: (work: Work) => Promise<number>, limits: Effort) =>
    inTurns(Object.fromEntries(works.map(([name, work]) => [name, () => measure(work)])), limits)
  try {
    const first = await all(work => work.first(), {
      ...effort,
      rounds: Math.ceil(effort.rounds / 4),
    })
    const later = await all(work => work.next(), effort)
    for (const [at, outcomes] of [later, first].entries())
      for (const [count, outcome] of Object.entries(outcomes))
        series[at]?.points.push(...pointsOf(Number(count), outcome))
    return series
  } finally {
    for (const [, work] of works) await work.remove()
  }
}

/** The median as a point; none if the calls failed. */
function pointsOf(x: number, outcome: Outcome | undefined): Series['points'] {
  return outcome && 'figures' in outcome ? [{ x, y: medianOf(outcome.figures) }] : []
}

function tableOfSeries(noun: string, series: readonly Series[]): string[] {
  const sizes = [...new Set(series.flatMap(({ points }) => points.map(({ x }) => x)))]
  const rows = sizes.map(size => [
    size.toLocaleString('en-US'),
    ...series.map(({ points }) => {
      const y = points.find(({ x }) => x === size)?.y
      return y === undefined ? '–' : inMilliseconds(y)
    }),
  ])
  return tableOf([noun, ...series.map(({ name }) => name)], rows)
}
