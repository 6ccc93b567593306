import { readFileSync } from 'node:fs'
import process from 'node:process'
import { openServer } from '../../test/kit/server.ts'

/** A built server with a client, and what it uses of the machine. */
export interface MeasuredServer {
  pid: number
  /** The structured content of an answer; throws the text of a refusal. */
  call: (tool: string, args?: Record<string, unknown>) => Promise<Record<string, unknown>>
  /** Resident memory of the server, in megabytes; `undefined` if the system does not report it. */
  memory(): number | undefined
  /** Processor time of the server and of every process it ran so far, in milliseconds. */
  processorTime(): number
  close(): Promise<void>
}

export async function openMeasuredServer(root: string): Promise<MeasuredServer> {
  const { call, pid, close } = await openServer(root, { name: 'bench' })
  return {
    pid,
    async call(name, args) {
      const { code, text, data } = await call(name, args)
      if (code !== undefined) throw new Error(text)
      return data
    },
    memory: () => memoryOf(pid),
    processorTime: () => processorTimeOf(pid),
    close,
  }
}

/** Processor time of the processes that this process ran so far, in milliseconds. */
export function processorTimeOfChildren(): number {
  return processorTime(process.pid, 2)
}

/** Processor time of a process and of the children that have ended, in milliseconds; 0 if it has ended itself. */
export function processorTimeOf(pid: number): number {
  try {
    return processorTime(pid, 4)
  } catch {
    return 0
  }
}

/** Sums the last `count` of: own user time, own system time, and both for children that have ended. One tick is 10 ms. */
function processorTime(pid: number, count: 2 | 4): number {
  if (process.platform !== 'linux') return 0
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  const times = stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .slice(11, 15)
  return times.slice(-count).reduce((sum, ticks) => sum + Number(ticks) * 10, 0)
}

/** Resident memory of a process, in megabytes; `undefined` if the system does not report it. */
export function memoryOf(pid: number): number | undefined {
  if (process.platform !== 'linux') return undefined
  const [, kilobytes] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
  return Number(kilobytes) / 1024
}
