import { MessageChannel, Worker, type MessagePort } from 'node:worker_threads'
import { codeOf } from '../../src/store/disk.ts'
import { bundled } from '../kit/bundle.ts'
import { placeAt, planOf, repaired, tasksIn } from '../kit/marker.ts'
import { SimDisk, type SimOptions } from '../kit/sim-disk.ts'
import { chanceOf, type Figures } from './figures.ts'
import { onDisk } from './power-loss.ts'

const TASKS = ['T1', 'T2', 'T3']

interface Request {
  operation?: string
  args?: unknown[]
  over?: string[]
  fault?: string
}

/** Where the threads work. */
interface Setting {
  /** Each thread has its own worktree and all share the leases; default: all in one worktree. */
  worktrees?: boolean
  /** A negative control. */
  noFence?: boolean
}

/** A thread of the scheduler. */
interface Thread {
  worker: Worker
  port: MessagePort
  flag: Int32Array
  heard: Request[]
  wake: () => void
}

/**
 * Three threads complete the same tasks on one disk without a lock. Before each operation the scheduler decides whose turn it is, and it
 * kills some threads. So each schedule is another order of their operations.
 */
export async function trySchedules(
  seed: number,
  runs: number,
  options: SimOptions & Setting = {},
): Promise<Figures> {
  const file = await bundled('test/chaos/turn-taker.ts')
  const threads = [0, 1, 2].map(() => threadOf(file))
  const counts = { schedules: 0, steps: 0, kills: 0 }
  const violations: string[] = []
  try {
    for (let run = 0; run < runs; run += 1) {
      const sim = new SimDisk(options)
      const roots = threads.map((_, index) => (options.worktrees ? `/sim/w${index}` : '/sim'))
      for (const root of new Set(roots)) sim.put(`${root}/tasks.md`, planOf(TASKS.length))
      const wrong = await schedule(threads, roots, options, sim, chanceOf(seed + run), counts)
      if (wrong !== undefined) violations.push(`seed ${seed}, schedule ${run}: ${wrong}`)
      counts.schedules += 1
    }
  } finally {
    for (const { worker } of threads) await worker.terminate()
  }
  return { counts, violations }
}

function threadOf(file: string): Thread {
  const { port1, port2 } = new MessageChannel()
  const flag = new Int32Array(new SharedArrayBuffer(4))
  const workerData = { port: port2, flag }
  const worker = new Worker(file, { workerData, transferList: [port2] })
  const thread: Thread = { worker, port: port1, flag, heard: [], wake: () => undefined }
  port1.on('message', (message: Request) => {
    thread.heard.push(message)
    thread.wake()
  })
  return thread
}

async function heardFrom(thread: Thread): Promise<Request> {
  while (thread.heard.length === 0) await new Promise<void>(resolve => (thread.wake = resolve))
  return thread.heard.shift() ?? {}
}

async function schedule(
  threads: readonly Thread[],
  roots: readonly string[],
  { worktrees, noFence = false }: Setting,
  sim: SimDisk,
  chance: () => number,
  counts: { steps: number; kills: number },
): Promise<string | undefined> {
  const next = turns(threads, chance)
  // In about half of the schedules a lease expires at once. Then only the commits protect the ledger.
  const lease = chance() < 0.5 ? 30 : 0
  const waiting = new Map<Thread, Request>()
  for (const [index, thread] of threads.entries()) {
    const tasks = [...TASKS.slice(index), ...TASKS.slice(0, index)]
    const place = { root: roots[index], shared: worktrees ? '/sim/shared' : placeAt('/sim').local }
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker, not a window
    thread.worker.postMessage({ name: `w${index}`, tasks, lease, noFence, ...place })
    waiting.set(thread, await heardFrom(thread))
  }
  const acknowledged = new Map<string, string[]>(roots.map(root => [root, []]))
  const takings = new Takings()
  const faults: string[] = []
  while (waiting.size > 0) {
    const thread = next([...waiting.keys()])
    const request = waiting.get(thread)
    if (request?.over) {
      acknowledged.get(roots[threads.indexOf(thread)] ?? '')?.push(...request.over)
      if (request.fault !== undefined) faults.push(request.fault)
      waiting.delete(thread)
      continue
    }
    counts.steps += 1
    const isKilled = chance() < 0.002
    if (isKilled) counts.kills += 1
    const done = isKilled ? { killed: true } : perform(sim, request ?? {})
    if (!isKilled && !('error' in done)) takings.note(thread, request ?? {})
    answer(thread, done)
    waiting.set(thread, await heardFrom(thread))
  }
  const [wrong] = [...acknowledged].flatMap(([root, tasks]) =>
    onDisk(sim, () => wrongIn(sim, root, tasks) ?? []),
  )
  return faults[0] ?? takings.wrong ?? wrong
}

/** Which process was given which task. From then on no earlier holder may decide about it. */
class Takings {
  wrong: string | undefined
  readonly #latest = new Map<string, number>()
  readonly #own = new Map<Thread, { task: string; token: number }>()

  note(thread: Thread, { operation, args = [] }: Request): void {
    const [first, second] = args
    if (operation === 'taken' && typeof first === 'string' && typeof second === 'number') {
      this.#own.set(thread, { task: first, token: second })
      this.#latest.set(first, Math.max(second, this.#latest.get(first) ?? 0))
    }
    if (operation !== 'link' || !/\/commits\/f\/\d+$/.test(String(second))) return
    const { task = '', token = 0 } = this.#own.get(thread) ?? {}
    const latest = this.#latest.get(task) ?? 0
    if (latest > token)
      this.wrong = `${task} was decided as ${token} after it was given away as ${latest}`
  }
}

function answer({ port, flag }: Thread, message: unknown): void {
  port.postMessage(message)
  Atomics.store(flag, 0, 1)
  Atomics.notify(flag, 0)
}

function perform(sim: SimDisk, { operation = '', args = [] }: Request): object {
  const door: unknown = Reflect.get(sim.disk, operation)
  try {
    return { value: typeof door === 'function' ? Reflect.apply(door, sim.disk, args) : undefined }
  } catch (error) {
    return { error: { code: codeOf(error) ?? 'EIO', path: '' } }
  }
}

/**
 * Chooses a random thread each time, or one by its rank until its rank falls. The second way finds errors that need long runs of one
 * thread.
 */
function turns(all: readonly Thread[], chance: () => number): (waiting: Thread[]) => Thread {
  const ranks = new Map(all.map(thread => [thread, chance()]))
  const fall = chance() < 0.5 ? 1 : 0.01
  return waiting => {
    const [first = all[0]] = waiting.toSorted((a, b) => (ranks.get(b) ?? 0) - (ranks.get(a) ?? 0))
    if (!first) throw new Error('Nobody is waiting.')
    if (chance() < fall) ranks.set(first, fall === 1 ? chance() : -chance())
    return first
  }
}

function wrongIn(sim: SimDisk, root: string, acknowledged: readonly string[]): string | undefined {
  const ledger = repaired(placeAt(root))
  const tasks = tasksIn(ledger)
  const text = sim.text(`${root}/tasks.md`)
  if (ledger.damage.length > 0) return `the ledger is damaged: ${ledger.damage[0]?.text}`
  if (new Set(tasks).size !== tasks.length) return `recorded twice: ${tasks.join()}`
  if (new Set(acknowledged).size !== acknowledged.length) return `twice: ${acknowledged.join()}`
  const lost = acknowledged.filter(task => !tasks.includes(task))
  if (lost.length > 0) return `lost: ${lost.join()}`
  const marked = tasks.every(task => text.includes(`[X] ${task} `))
  if (!marked) return `not marked: ${tasks.join()} in ${JSON.stringify(text)}`
  return text.replaceAll('[X]', '[ ]') === planOf(TASKS.length) ? undefined : `changed: ${text}`
}
