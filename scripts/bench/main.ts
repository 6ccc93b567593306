import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { measureCallCount } from './calls.ts'
import { withTables } from './document.ts'
import { measureFlood } from './flood.ts'
import { measureGrowth } from './growth.ts'
import { measureHook } from './hook.ts'
import { measureHttpCalls, measureIdleStreams } from './http.ts'
import { measureLoop } from './loop/loop.ts'
import { measureMutation } from './mutation.ts'
import { measureNextTask } from './next-task.ts'
import { measureOverhead } from './overhead.ts'
import { measurePeers } from './peers/peers.ts'
import type { Report } from './report.ts'
import { measureSnapshots } from './snapshot.ts'
import { measureStores } from './stores/stores.ts'
import { measureTokens } from './tokens.ts'

// Measures the figures of docs/performance.md: all of them, or those that are named, such as `hook`; with `quick`, in fewer rounds.
const { values, positionals: words } = parseArgs({
  allowPositionals: true,
  options: {
    /** Writes the tables into docs/performance.md. */
    docs: { type: 'boolean', default: false },
    /** Writes the plots into docs/performance/. */
    plot: { type: 'boolean', default: false },
    /** Writes every figure into this file. */
    json: { type: 'string' },
  },
})
const DOCUMENT = 'docs/performance.md'
const quick = words.includes('quick')

const MEASUREMENTS: Record<string, { title: string; measure: () => Promise<Report | string[]> }> = {
  peers: {
    title: 'This server, others, and servers that do the least',
    measure: () => measurePeers(quick),
  },
  growth: {
    title: 'Time of the next task, by the size of the plan and of the ledger',
    measure: () => measureGrowth(quick),
  },
  loop: {
    title: 'Work through the server, and the same commands by hand',
    measure: () => measureLoop(quick),
  },
  calls: {
    title: 'A server over stdio after many calls',
    measure: () => measureCallCount(quick ? [100, 1_000] : [100, 1_000, 10_000]),
  },
  stores: {
    title: 'Stores that several servers share',
    measure: () => measureStores(quick),
  },
  overhead: {
    title: 'Time that the server adds to the test runner',
    measure: () => measureOverhead(quick ? 5 : 21),
  },
  snapshot: {
    title: 'A snapshot',
    measure: () => measureSnapshots([100, 1_000, 20_000], quick ? 5 : 15),
  },
  'next-task': {
    title: 'next_task in a long feature',
    measure: () => measureNextTask([10, 100, 1_000], quick ? 10 : 30),
  },
  hook: { title: 'An answer of the hook', measure: () => measureHook(quick ? 20 : 60) },
  mutation: {
    title: 'The mutation check of a task with one changed file of 100 lines',
    measure: () => measureMutation(quick ? 3 : 7),
  },
  tokens: {
    title: 'Tokens (o200k) of all answers in the demo',
    measure: () => measureTokens('spec-kit'),
  },
  flood: {
    title: 'A run with a lot of output',
    measure: async () => [await measureFlood(quick ? 100 : 1_024)],
  },
  http: {
    title: 'A server over HTTP',
    measure: async () => [
      ...(await measureHttpCalls(quick ? [100, 1_000] : [1_000, 2_500, 5_000, 10_000])),
      ...(await measureIdleStreams(quick ? 100 : 1_000)),
    ],
  },
}

const names = words.filter(word => word !== 'quick')
const unknown = names.filter(name => !(name in MEASUREMENTS))
if (unknown.length > 0)
  throw new Error(`No measurement ${unknown.join(', ')}: ${Object.keys(MEASUREMENTS).join(', ')}.`)

const figures: Record<string, unknown> = {}
for (const [name, { title, measure }] of Object.entries(MEASUREMENTS)) {
  if (names.length > 0 && !names.includes(name)) continue
  console.log(`${title} (times: min / median / max)`)
  const found = await measure()
  const report = Array.isArray(found) ? { lines: found } : found
  for (const line of report.lines) console.log(`  ${line}`)
  for (const table of Object.values(report.tables ?? {})) console.log(`\n${table.join('\n')}`)
  figures[name] = report.figures ?? report.lines
  if (values.docs)
    writeFileSync(DOCUMENT, withTables(readFileSync(DOCUMENT, 'utf8'), report.tables ?? {}))
  if (values.plot) writePlots(report.plots ?? {})
}
if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(figures, null, 2)}\n`)

function writePlots(plots: Record<string, string>): void {
  const folder = 'docs/performance'
  mkdirSync(folder, { recursive: true })
  for (const [file, svg] of Object.entries(plots)) writeFileSync(path.join(folder, file), svg)
}
