import { tryHistories } from '../test/chaos/histories.ts'
import { freshSeed, type Figures } from '../test/chaos/figures.ts'
import { losePowerEverywhere } from '../test/chaos/power-loss.ts'
import { tryCrowd } from '../test/chaos/processes.ts'
import { trySchedules } from '../test/chaos/schedules.ts'
import { tryShared, type SharedCrowd } from '../test/chaos/shared-store.ts'
import { POSTGRES } from '../test/kit/postgres.ts'

// The experiments of the test suite in full size: `npm run chaos [NAME…]`. SEED=… repeats a run.

const seed = freshSeed()
const STALL = { processes: 8, ms: 10_600 }

const SHARED: SharedCrowd = { servers: 16, tasks: 8000, kills: 75, restarts: 20, stalls: 0.01 }

const experiments: Record<string, () => Figures | Promise<Figures>> = {
  histories: () => tryHistories(seed, 40_000),
  'power loss': () => losePowerEverywhere(seed, 100),
  schedules: () => trySchedules(seed, 3_000),
  worktrees: () => trySchedules(seed, 3_000, { worktrees: true }),
  stalls: () => tryCrowd(seed, { processes: 8, tasks: 200, kills: 4, stall: STALL }),
  crowd: () => tryCrowd(seed, { processes: 16, tasks: 16 * 500, kills: 60 }),
  'all at once': () =>
    tryCrowd(seed, { processes: 16, tasks: 2000, kills: 24, stall: STALL, isMixed: true }),
  // Negative controls: if they find nothing, the experiments above prove nothing.
  'without syncing': () => losePowerEverywhere(seed, 10, { syncs: 'nothing' }),
  'without syncing folders': () => losePowerEverywhere(seed, 10, { syncs: 'files' }),
  'without exclusion': () => trySchedules(seed, 300, { lacks: 'exclusion' }),
  'without removing drafts': () => trySchedules(seed, 300, { worktrees: true, noFence: true }),
  'without a fence': () =>
    tryCrowd(seed, { processes: 8, tasks: 200, kills: 0, stall: STALL, noFence: true }),
  ...(POSTGRES !== undefined && {
    'shared store': () => tryShared(seed, SHARED),
    'without leases in the shared store': () =>
      tryShared(seed, {
        servers: 8,
        tasks: 200,
        kills: 0,
        restarts: 0,
        stalls: 0.2,
        noFence: true,
      }),
  }),
}

const wanted = process.argv.slice(2)
let isWrong = false
for (const [name, experiment] of Object.entries(experiments)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue
  const begin = Date.now()
  const { counts, violations } = await experiment()
  const summary = Object.entries(counts).map(([what, count]) => `${count} ${what}`)
  const seconds = Math.round((Date.now() - begin) / 1000)
  console.log(
    `${name}: ${summary.join(', ')}; ${violations.length} violations (${seconds} s, seed ${seed})`,
  )
  for (const violation of violations.slice(0, 2)) console.log(`  ${violation.slice(0, 300)}`)
  if (name.startsWith('without') ? violations.length === 0 : violations.length > 0) isWrong = true
}
process.exitCode = isWrong ? 1 : 0
