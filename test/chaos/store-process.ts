import { setTimeout as pause } from 'node:timers/promises'
import { StoreUnreachable, type Coordinator } from '../../src/store/coordinator/coordinator.ts'
import { openPostgres } from '../../src/store/coordinator/postgres/postgres-coordinator.ts'
import { releaseLease } from '../../src/store/leases/end-lease.ts'
import type { LeaseTable } from '../../src/store/leases/lease-table.ts'
import { activeLeases, findLease, takeLease } from '../../src/store/leases/leases.ts'
import { Overtaken } from '../../src/store/transaction/sequence.ts'
import { Client, FEATURE } from '../store/coordinator/client.ts'
import { chanceOf } from './figures.ts'

/**
 * A server on a machine of its own that completes tasks until none is left: `node … URL PROJECT NAME TASKS SEED STALLS`. It prints
 * each task when it is acknowledged. Each line of its chain says which step it is, by whom, and with which number the task was taken.
 */
const [, , url = '', project = '', name = '', tasks = '0', seed = '0', stalls = '0'] = process.argv
const chance = chanceOf(Number(seed))
// A negative control: it completes what it began, although another one may have the task now.
const hasFence = process.env['NO_FENCE'] === undefined
const LEASE_MS = 1000
/** A server that is frozen for so long loses its transaction; for longer than a lease, also its task. */
const limits = { idle: 700, connect: 2000, answer: 5000 }

/** Waits while the store cannot be used, and decides again if another server was first. */
async function patiently<T>(work: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await work()
    } catch (error) {
      if (error instanceof StoreUnreachable) await pause(20 + chance() * 60)
      else if (!(error instanceof Overtaken)) throw error
    }
  }
}

const store = await patiently(() => openPostgres({ url, project, clone: name, limits }))
const client = new Client(name, store)
const by = { ...client.holder, host: name }
const all = Array.from({ length: Number(tasks) }, (_, index) => `T${index + 1}`)
const done = new Set<string>()
let read = 0

/** Stops this process, including its timers. */
function stall(): void {
  if (chance() >= Number(stalls)) return
  process.stdout.write('stall\n')
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, LEASE_MS * (0.5 + chance()))
}

/** Reads what is new, and the tasks that are done. */
async function see(place: Coordinator = store): Promise<void> {
  const view = client.view()
  view.add(await place.readSince(FEATURE, view.version))
  const { lines } = view
  for (; read < lines.length; read += 1) {
    const { task, by } = JSON.parse(lines[read] ?? '')
    if (String(by).startsWith('done ')) done.add(String(task))
  }
}

/** Most decisions are made in a turn, as the workflow does; those that are not have to be safe too. */
function decide<T>(work: (place: Coordinator) => Promise<T>): Promise<T> {
  return chance() < 0.8 ? store.withTurn(work) : work(store)
}

/** Takes a task and begins it, unless another server has it. */
async function start(task: string): Promise<LeaseTable | undefined> {
  return decide(async place => {
    await see(place)
    if (done.has(task)) return undefined
    const table = await place.leases()
    const now = place.clocks()
    const lease = activeLeases(table, FEATURE, now).get(task)
    if (lease && lease.holder.id !== by.id) return undefined
    const what = { feature: FEATURE, task, files: [], by, now, leaseMinutes: LEASE_MS / 60_000 }
    const taken = await takeLease(place, table, what)
    stall()
    await place.append(FEATURE, decisionOf('start', task, taken))
    return taken
  })
}

/** Completes a task that was taken; `false` if another server has it now. */
async function complete(task: string, taken: LeaseTable): Promise<boolean> {
  return decide(async place => {
    await see(place)
    // An answer may have been lost.
    const own = `"${stepOf('done', task, taken)}"`
    if (client.view().lines.some(line => line.includes(own))) return true
    const lease = findLease(await place.leases(), FEATURE, task)
    if (hasFence && lease?.token !== findLease(taken, FEATURE, task)?.token) return false
    stall()
    await place.append(FEATURE, decisionOf('done', task, taken))
    return true
  })
}

function decisionOf(step: string, task: string, table: LeaseTable) {
  const lines = { tasks: [task], by: stepOf(step, task, table) }
  return client.decision(lines, hasFence || step === 'start' ? { task, table } : undefined)
}

function stepOf(step: string, task: string, table: LeaseTable): string {
  return `${step} ${name} ${findLease(table, FEATURE, task)?.token}`
}

for (;;) {
  await patiently(() => see())
  const open = all.filter(task => !done.has(task)).slice(0, 40)
  const task = open[Math.floor(chance() * open.length)]
  if (task === undefined) break
  const taken = await patiently(() => start(task))
  if (!taken) continue
  if (await patiently(() => complete(task, taken))) process.stdout.write(`done ${task}\n`)
  await patiently(() => releaseLease(store, FEATURE, task, by))
}
await store.close()
