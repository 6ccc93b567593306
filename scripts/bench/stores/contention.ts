import { spawn } from 'node:child_process'
import { once } from 'node:events'
import process from 'node:process'
import { bundled } from '../../../test/kit/bundle.ts'
import { numbersTo } from '../peers/contestant.ts'
import { environment } from '../peers/session.ts'
import { featureWith, makeRepository, type Repository } from '../repository.ts'
import type { MeasuredStore } from './tested-stores.ts'

/** What so many clients of a store did at the same time. */
export interface Contention {
  clients: number
  perSecond: number
  /** Milliseconds of each task, sorted. */
  latencies: number[]
}

/** Lets clients, each a process, claim tasks and record them for some seconds. Fails if one of them fails. */
export async function measureContention(
  store: MeasuredStore,
  clients: number,
  seconds: number,
): Promise<Contention | { missing: string }> {
  const settings = await store.newProject()
  const count = store.hasOneClone ? 1 : clients
  const clones = numbersTo(count).map(() => makeRepository(featureWith('', settings)))
  const file = await bundled('scripts/bench/stores/client-process.ts')
  const processes = numbersTo(clients).map(number => startClient(file, clones, number))
  try {
    await Promise.race([Promise.all(processes.map(({ ready }) => ready)), afterSeconds(MAX_WAIT)])
    if (!processes.every(({ isReady }) => isReady()))
      return { missing: `not all had finished a first task after ${MAX_WAIT} seconds` }
    const start = performance.now()
    for (const { go } of processes) go()
    await Promise.race([afterSeconds(seconds), ...processes.map(({ failed }) => failed)])
    const elapsed = performance.now() - start
    const latencies = processes.flatMap(client => client.latencies())
    return {
      clients,
      perSecond: (latencies.length * 1000) / elapsed,
      latencies: latencies.toSorted((a, b) => a - b),
    }
  } finally {
    await Promise.all(processes.map(({ kill }) => kill()))
    for (const clone of clones) clone.remove()
  }
}

/** So many clients of a slow store could need many minutes. */
const MAX_WAIT = 120

function afterSeconds(seconds: number): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, seconds * 1000))
}

function startClient(file: string, clones: readonly Repository[], number: number) {
  const root = clones[number % clones.length]?.root ?? ''
  const child = spawn(process.execPath, [file, root, `c${number}`], { env: environment() })
  let [output, errors] = ['', '']
  const ended = once(child, 'close')
  const failed = ended.then(() => {
    throw new Error(`Client ${number} ended: ${errors.slice(0, 500)}`)
  })
  // Also rejected when it is killed in the end.
  failed.catch(() => undefined)
  child.stderr.on('data', (data: Buffer) => (errors += data.toString()))
  const isReady = new Promise<void>(resolve => {
    child.stdout.on('data', (data: Buffer) => {
      output += data.toString()
      resolve()
    })
  })
  return {
    ready: Promise.race([isReady, failed]),
    isReady: () => output !== '',
    failed,
    go: () => void child.stdin.write('go\n'),
    latencies: () => output.split('\n').slice(1, -1).map(Number),
    kill: async () => {
      child.kill('SIGKILL')
      await ended
    },
  }
}
