import process from 'node:process'
import { measureFlood } from './flood.ts'
import { measureHook } from './hook.ts'
import { measureHttpCalls, measureIdleStreams } from './http.ts'
import { measureMutation } from './mutation.ts'
import { measureNextTask } from './next-task.ts'
import { measureOverhead } from './overhead.ts'
import { measureSnapshots } from './snapshot.ts'

// Measures the figures of docs/performance.md: all of them, or those that are named, such as `hook`; with `quick`, in fewer rounds.
const words = process.argv.slice(2)
const quick = words.includes('quick')

const MEASUREMENTS: Record<string, { title: string; measure: () => Promise<string[]> }> = {
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

for (const [name, { title, measure }] of Object.entries(MEASUREMENTS)) {
  if (names.length > 0 && !names.includes(name)) continue
  console.log(`${title} (times: min / median / max)`)
  for (const line of await measure()) console.log(`  ${line}`)
}
