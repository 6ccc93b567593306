import { medianOf, timed } from '../measure.ts'
import { inMilliseconds, ratioOf, tableOf, type Report } from '../report.ts'
import type { Contestant } from './contestant.ts'
import { countSyncs } from './finish-syncs.ts'
import { inTurns, type Effort, type Outcome } from './turns.ts'
import { Work } from './work.ts'

/** The outcome of each contestant, by its name. */
type Outcomes = Record<string, Outcome>

/** Measures the same work on plans of these sizes, of which half is done. */
export async function measureCalls(
  contestants: readonly Contestant[],
  sizes: readonly number[],
  effort: Effort,
): Promise<Report> {
  const figures: Record<string, Outcomes> = {}
  for (const tasks of sizes) {
    const size = `${tasks.toLocaleString('en-US')} tasks`
    for (const [kind, outcomes] of Object.entries(await measureSize(contestants, tasks, effort)))
      figures[`${kind}, ${size}`] = outcomes
  }
  // All sizes of a kind below each other.
  const rows = Object.entries(figures)
    .toSorted(([a], [b]) => orderOf(a) - orderOf(b))
    .map(([name, outcomes]) => [name, ...cellsOf(outcomes, contestants)])
  const syncs = await countSyncs(contestants)
  const table = tableOf(
    ['', ...contestants.map(({ name }) => name)],
    [
      ...rows,
      [
        '`fsync` calls to finish a task',
        ...contestants.map(({ name }) => syncs[name] ?? 'not counted'),
      ],
    ],
  )
  return {
    lines: problemsOf(figures),
    tables: { calls: table },
    figures: { calls: figures, syncs },
  }
}

const KINDS = [
  'next task',
  'first call of a server',
  'first call a second later',
  'finish a task',
  'prove and finish a task',
]

/** How long a model needs at least before its first call, in milliseconds. */
const PAUSE = 1000

function orderOf(row: string): number {
  return KINDS.findIndex(kind => row.startsWith(`${kind},`))
}

/** The outcomes by kind. */
async function measureSize(
  contestants: readonly Contestant[],
  tasks: number,
  effort: Effort,
): Promise<Record<string, Outcomes>> {
  const works = contestants.map(
    one => [one.name, new Work(one, { tasks, done: tasks / 2 })] as const,
  )
  const all = (measure: (work: Work, name: string) => Promise<number>, limits = effort) =>
    inTurns(
      Object.fromEntries(works.map(([name, work]) => [name, () => measure(work, name)])),
      limits,
    )
  const sums: Record<string, number[]> = {}
  try {
    const starts = { ...effort, rounds: Math.ceil(effort.rounds / 4) }
    const first = await all(work => work.first(), starts)
    const later = await all(work => work.first(PAUSE), starts)
    const next = await all(work => work.next())
    const finish = await all(
      async (work, name) => {
        const times = await work.finish(timed)
        if (times.length > 1)
          sums[name] = [...(sums[name] ?? []), times.reduce((sum, ms) => sum + ms, 0)]
        return times.at(-1) ?? 0
      },
      { ...effort, rounds: Math.min(effort.rounds, tasks / 2) },
    )
    const proven = Object.entries(sums).map(([name, list]) => [name, { figures: list }])
    return {
      'first call of a server': first,
      'first call a second later': later,
      'next task': next,
      'finish a task': finish,
      'prove and finish a task': Object.fromEntries(proven),
    }
  } finally {
    for (const [, work] of works) await work.remove()
  }
}

/** The median of each contestant; behind it, how long we take, as a multiple. */
function cellsOf(outcomes: Outcomes, contestants: readonly Contestant[]): string[] {
  const medians = contestants.map(({ name }) => {
    const outcome = outcomes[name]
    return outcome && 'figures' in outcome ? medianOf(outcome.figures) : undefined
  })
  const [ours] = medians
  return medians.map((median, at) => {
    if (median === undefined) return '–'
    const ratio = at === 0 || ours === undefined ? '' : ` (${ratioOf(ours, median)})`
    return `${inMilliseconds(median)}${ratio}`
  })
}

function problemsOf(figures: Record<string, Outcomes>): string[] {
  return Object.entries(figures).flatMap(([row, outcomes]) =>
    Object.entries(outcomes).flatMap(([name, outcome]) =>
      'missing' in outcome ? [`${row}: ${name} did not do it: ${outcome.missing}`] : [],
    ),
  )
}
