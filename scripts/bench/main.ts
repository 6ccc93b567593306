import process from 'node:process'
import { flood } from './flood.ts'
import { nextTasks } from './next-task.ts'
import { overhead } from './overhead.ts'
import { snapshots } from './snapshot.ts'

// Measures what docs/performance.md tells. `npm run bench -- quick` takes fewer rounds.
const quick = process.argv.includes('quick')

console.log('Our own time on top of the test runner (least / median / most)')
for (const line of await overhead(quick ? 5 : 21)) console.log(`  ${line}`)
console.log('A snapshot (least / median / most)')
for (const line of await snapshots([100, 1_000, 20_000], quick ? 5 : 15)) console.log(`  ${line}`)
console.log('next_task in a long feature (least / median / most)')
for (const line of await nextTasks([10, 100, 1_000], quick ? 10 : 30)) console.log(`  ${line}`)
console.log('A run that floods')
console.log(`  ${await flood(quick ? 100 : 1_024)}`)
