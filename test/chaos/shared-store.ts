import { spawn, type ChildProcess } from 'node:child_process'
import { performance } from 'node:perf_hooks'
import { openPostgres } from '../../src/store/coordinator/postgres/postgres-coordinator.ts'
import { bundled } from '../kit/bundle.ts'
import { TestPostgres } from '../kit/postgres.ts'
import { TcpProxy } from '../kit/tcp-proxy.ts'
import { FEATURE } from '../store/coordinator/client.ts'
import { View } from '../store/coordinator/view.ts'
import { chanceOf, type Figures } from './figures.ts'
import { Progress } from './progress.ts'

export interface SharedCrowd {
  servers: number
  tasks: number
  /** At least so many servers are killed with SIGKILL and replaced. */
  kills: number
  /** So often the database ends as in a crash, and starts again. */
  restarts: number
  /** How often a server is frozen before a decision, from 0 to 1. */
  stalls: number
  /** A negative control. */
  noFence?: true
}

const HOUR_MS = 3_600_000
const PROJECT = 'owner/stack'

/**
 * Servers on machines of their own, whose clocks are up to an hour wrong, complete the tasks of one project in a database. Their
 * connections are cut and delayed. At the end, the chains in the database are compared with what was acknowledged.
 */
export async function tryShared(seed: number, crowd: SharedCrowd): Promise<Figures> {
  const begin = performance.now()
  const chance = chanceOf(seed)
  const server = await TestPostgres.start()
  const url = await server.database()
  const proxy = await TcpProxy.start(server.port)
  const counts = {
    servers: 0,
    tasks: crowd.tasks,
    acknowledged: 0,
    kills: 0,
    restarts: 0,
    cuts: 0,
    stalls: 0,
    ms: 0,
  }
  proxy.onRequest = () => {
    const what = chance() < 0.998 ? 'pass' : chance() < 0.5 ? 'cut' : 'cut after'
    if (what !== 'pass') counts.cuts += 1
    return what
  }
  proxy.delay = () => (chance() < 0.01 ? 200 * chance() : 0)
  const progress = new Progress()
  const living = new Set<ChildProcess>()
  const acknowledged: string[] = []
  const faults: string[] = []
  const file = await bundled('test/chaos/store-process.ts')
  const through = server.url('db1', { port: proxy.port })

  async function run(name: number): Promise<void> {
    const args = [through, PROJECT, `s${name}`, String(crowd.tasks), String(seed + name)]
    const child = spawn(process.execPath, [file, ...args, String(crowd.stalls)], {
      env: {
        ...process.env,
        ...wrongClock((2 * chance() - 1) * HOUR_MS),
        ...(crowd.noFence && { NO_FENCE: '1' }),
      },
    })
    counts.servers += 1
    let output = ''
    child.stdout.on('data', (data: Buffer) => {
      output += data.toString()
      progress.add(data.toString().split('done').length - 1)
    })
    child.stderr.on('data', (data: Buffer) => faults.push(data.toString()))
    living.add(child)
    const signal = await new Promise(resolve => child.on('close', (_code, by) => resolve(by)))
    living.delete(child)
    const lines = output.split('\n').slice(0, -1)
    acknowledged.push(...lines.flatMap(line => (line.startsWith('done ') ? [line.slice(5)] : [])))
    counts.stalls += lines.filter(line => line === 'stall').length
    if (signal !== 'SIGKILL') return
    counts.kills += 1
    await run(name + crowd.servers)
  }

  async function kill(): Promise<void> {
    for (let left = crowd.kills; left > 0; left -= 1) {
      await progress.after(Math.floor(crowd.tasks / (crowd.kills + 1)))
      ;[...living][Math.floor(chance() * living.size)]?.kill('SIGKILL')
    }
  }

  async function restart(): Promise<void> {
    for (; counts.restarts < crowd.restarts; counts.restarts += 1) {
      await progress.after(Math.floor(crowd.tasks / (crowd.restarts + 1)))
      if (progress.isOver) return
      await server.stop('immediate')
      await server.startAgain()
    }
  }

  try {
    const failing = Promise.all([kill(), restart()])
    await Promise.all(Array.from({ length: crowd.servers }, (_, index) => run(index)))
    progress.end()
    await failing
    counts.acknowledged = acknowledged.length
    const wrong = [...faults.slice(0, 3), ...(await wrongIn(url, crowd.tasks, acknowledged))]
    counts.ms = Math.round(performance.now() - begin)
    return { counts, violations: wrong.map(text => `seed ${seed}: ${text.slice(0, 500)}`) }
  } finally {
    progress.end()
    proxy.close()
    await server.end()
  }
}

/** The environment of a process whose wall clock is wrong. */
function wrongClock(by: number): Record<string, string> {
  const script = `const now = Date.now; const by = ${Math.round(by)}
    globalThis.Date = class extends Date {
      constructor(...given) { given.length === 0 ? super(now() + by) : super(...given) }
      static now() { return now() + by }
    }`
  return { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(script)}` }
}

/** What the chains show: each task is done once, by the server that had begun it last, and what was acknowledged is there. */
async function wrongIn(
  url: string,
  tasks: number,
  acknowledged: readonly string[],
): Promise<string[]> {
  const store = await openPostgres({ url, project: PROJECT, clone: 'judge' })
  const view = new View(FEATURE)
  view.add(await store.readSince(FEATURE, 0))
  await store.close()
  const began = new Map<string, string>()
  const done: string[] = []
  const unfenced: string[] = []
  for (const line of view.lines) {
    const { task, by } = JSON.parse(line)
    const [step, name, token] = String(by).split(' ')
    const whom = `${name} with ${token}`
    if (step === 'start') began.set(task, whom)
    else if (began.get(task) !== whom)
      unfenced.push(`unfenced: ${task} by ${whom}, begun by ${began.get(task)}`)
    if (step === 'done') done.push(task)
  }
  const once = new Set(done)
  const lost = acknowledged.filter(task => !once.has(task))
  return [
    ...unfenced,
    ...(lost.length > 0 ? [`lost: ${lost.join()}`] : []),
    ...(once.size < done.length ? [`${done.length - once.size} done twice`] : []),
    ...(new Set(acknowledged).size < acknowledged.length ? ['acknowledged twice'] : []),
    ...(once.size === tasks ? [] : [`${once.size} of ${tasks} done`]),
  ]
}
