import process from 'node:process'
import { measureFlood } from './flood.ts'
import { measureHook } from './hook.ts'
import { measureNextTask } from './next-task.ts'
import { measureOverhead } from './overhead.ts'
import { measureSnapshots } from './snapshot.ts'

// Measures the figures of docs/performance.md. `npm run bench -- quick` takes fewer rounds.
const quick = process.argv.includes('quick')

print('Time that the server adds to the test runner', await measureOverhead(quick ? 5 : 21))
print('A snapshot', await measureSnapshots([100, 1_000, 20_000], quick ? 5 : 15))
print('next_task in a long feature', await measureNextTask([10, 100, 1_000], quick ? 10 : 30))
print('An answer of the hook', await measureHook(quick ? 20 : 60))
print('A run with a lot of output', [await measureFlood(quick ? 100 : 1_024)])

function print(title: string, lines: readonly string[]): void {
  console.log(`${title} (times: min / median / max)`)
  for (const line of lines) console.log(`  ${line}`)
}
