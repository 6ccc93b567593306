import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads'
import * as z from 'zod'
import { disk } from '../../src/store/disk.ts'
import { clearChainCache } from '../../src/store/chain-file.ts'
import { createHolder } from '../../src/store/leases/holder.ts'
import { complete, placeAt } from '../kit/marker.ts'
import { failure, Killed } from '../kit/sim-disk.ts'

/** A thread that acts as a process. It asks the scheduler before each disk operation. */

const { port, flag } = z
  .object({ port: z.instanceof(MessagePort), flag: z.instanceof(Int32Array) })
  .parse(workerData)

const reply = z.object({
  killed: z.boolean().optional(),
  error: z.object({ code: z.string(), path: z.string() }).optional(),
  value: z.unknown().optional(),
})

/** Not a disk operation: the thread reports which task it took, with the number of the lease. */
const TAKEN = 'taken'

let isKilled = false

function ask(operation: string, args: unknown[]): unknown {
  if (isKilled) throw new Killed()
  Atomics.store(flag, 0, 0)
  port.postMessage({ operation, args })
  Atomics.wait(flag, 0, 0)
  let heard = receiveMessageOnPort(port)
  while (!heard) heard = receiveMessageOnPort(port)
  const { killed, error, value } = reply.parse(heard.message)
  isKilled = killed ?? false
  if (isKilled) throw new Killed()
  if (error) throw failure(error.code, error.path)
  return value instanceof Uint8Array ? Buffer.from(value) : value
}

Object.assign(
  disk,
  Object.fromEntries(
    Object.keys(disk).map(operation => [
      operation,
      // Resolving a path affects no other thread.
      operation === 'real' ? (file: string) => file : (...args: unknown[]) => ask(operation, args),
    ]),
  ),
)

const job = z.object({
  name: z.string(),
  tasks: z.array(z.string()),
  lease: z.number(),
  /** Its worktree, and the folder of the leases of all worktrees. */
  root: z.string(),
  shared: z.string(),
  noFence: z.boolean(),
})

parentPort?.on('message', (message: unknown) => {
  const { name, tasks, lease, root, shared, noFence } = job.parse(message)
  isKilled = false
  clearChainCache()
  const done: string[] = []
  try {
    for (const task of tasks) {
      const commit = complete(
        { ...placeAt(root), shared },
        task,
        createHolder(name, name, process.pid),
        {
          leaseMinutes: lease,
          noFence,
          taken: (...what) => void ask(TAKEN, what),
        },
      )
      if (commit !== undefined) done.push(task)
    }
    port.postMessage({ over: done })
  } catch (error) {
    port.postMessage({ over: done, ...(!(error instanceof Killed) && { fault: String(error) }) })
  }
})
