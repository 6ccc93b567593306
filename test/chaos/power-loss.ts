import { disk } from '../../src/store/disk.ts'
import { clearChainCache } from '../../src/store/chain-file.ts'
import { createHolder } from '../../src/store/leases/holder.ts'
import { chanceOf, type Figures } from './figures.ts'
import { complete, placeAt, planOf, repaired, tasksIn } from '../kit/marker.ts'
import { Killed, SimDisk, type SimOptions } from '../kit/sim-disk.ts'

const ROOT = '/sim'
const ME = createHolder('me', 'me', process.pid)
const TASKS = ['T1', 'T2', 'T3']

/** Replaces the real disk by a simulated one while `work` runs. */
export function onDisk<T>(sim: SimDisk, work: () => T): T {
  const real = { ...disk }
  Object.assign(disk, sim.disk)
  clearChainCache()
  try {
    return work()
  } finally {
    Object.assign(disk, real)
    clearChainCache()
  }
}

/**
 * Cuts the power before each operation in turn. Each time, `states` different parts of the data that was not synced are on the disk.
 * After the next start, each acknowledged step has to be recorded and marked exactly once, and the work has to continue.
 */
export function losePowerEverywhere(
  seed: number,
  states: number,
  options: SimOptions = {},
): Figures {
  const counts = { operations: 0, states: 0, interrupted: 0 }
  const violations: string[] = []
  for (let at = 1; ; at += 1) {
    const { sim, acknowledged, isOver } = workUntil(at, options)
    counts.operations = at
    const restore = sim.save()
    for (let state = 0; state < states; state += 1) {
      const chance = chanceOf(seed + at * 7919 + state)
      restore()
      sim.losePower(chance)
      // Every third time, the power fails again during the repair.
      if (state % 3 === 0 && interrupted(sim, 1 + Math.floor(chance() * 15))) {
        sim.losePower(chance)
        counts.interrupted += 1
      }
      counts.states += 1
      const wrong = onDisk(sim, () => wrongAfter(sim, acknowledged))
      if (wrong) violations.push(`seed ${seed}, operation ${at}, state ${state}: ${wrong}`)
    }
    if (isOver) return { counts, violations }
  }
}

function workUntil(at: number, options: SimOptions) {
  const sim = new SimDisk(options)
  sim.put(`${ROOT}/tasks.md`, planOf(TASKS.length + 1))
  const acknowledged: string[] = []
  const state = placeAt(ROOT)
  const isOver = onDisk(sim, () =>
    untilKilled(sim, at, () => {
      for (const task of TASKS) {
        complete(state, task, ME)
        acknowledged.push(task)
      }
    }),
  )
  return { sim, acknowledged, isOver }
}

function interrupted(sim: SimDisk, after: number): boolean {
  return !onDisk(sim, () => untilKilled(sim, after, () => repaired(placeAt(ROOT))))
}

const READING = new Set<string>(['read', 'readAt', 'stat', 'statOpen', 'real', 'list'])

/** Kills `work` before its operation number `after`. Returns `true` if it ended earlier. */
export function untilKilled(sim: SimDisk, after: number, work: () => void): boolean {
  let left = after
  sim.before = operation => {
    // A cut before a read has the same effect as one before the next write.
    if (READING.has(operation)) return
    left -= 1
    if (left <= 0) throw new Killed()
  }
  try {
    work()
    return true
  } catch (error) {
    if (!(error instanceof Killed)) throw error
    return false
  } finally {
    sim.before = () => undefined
  }
}

/** Describes what is wrong after a repair and one more step; `undefined` if nothing is. */
function wrongAfter(sim: SimDisk, acknowledged: readonly string[]): string | undefined {
  const state = placeAt(ROOT)
  try {
    const first = wrongIn(sim, acknowledged)
    if (first !== undefined) return first
    complete(state, `T${TASKS.length + 1}`, ME)
    return wrongIn(sim, [...acknowledged, `T${TASKS.length + 1}`])
  } catch (error) {
    return `it cannot continue: ${String(error)}`
  }
}

/** Checks the ledger and the marks against what was acknowledged. */
function wrongIn(sim: SimDisk, acknowledged: readonly string[]): string | undefined {
  const ledger = repaired(placeAt(ROOT))
  const tasks = tasksIn(ledger)
  const text = sim.text(`${ROOT}/tasks.md`)
  if (ledger.damage.length > 0) return `the ledger is damaged: ${ledger.damage[0]?.text}`
  if (new Set(tasks).size !== tasks.length) return `recorded twice: ${tasks.join()}`
  const lost = acknowledged.filter(task => !tasks.includes(task))
  if (lost.length > 0) return `lost: ${lost.join()}`
  const unmarked = tasks.filter(task => !text.includes(`[X] ${task} `))
  if (unmarked.length > 0) return `not marked: ${unmarked.join()}`
  const more = [...text.matchAll(/\[X\] (T\d+) /g)].filter(([, task = '']) => !tasks.includes(task))
  if (more.length > 0) return `marked and not recorded: ${text}`
  return text.replaceAll('[X]', '[ ]') === planOf(TASKS.length + 1)
    ? undefined
    : `other bytes changed: ${text}`
}
