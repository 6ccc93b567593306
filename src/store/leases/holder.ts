import { readFileSync } from 'node:fs'
import os from 'node:os'
import * as z from 'zod'
import { codeOf } from '../disk.ts'

/** Who works on a task: a server, or a human at a terminal. */
export const holder = z.object({
  /** Random for a server, derived from user and terminal for the command line. */
  id: z.string(),
  /** A name for humans, such as `claude-code (process 4711)`. */
  name: z.string(),
  host: z.string(),
  pid: z.number(),
  /** Start time of the process as the system reports it. Distinguishes it from a later process with the same id. */
  startTime: z.string(),
  /** The name of another clone in which it works, such as `build-7:shop`. */
  clone: z.string().optional(),
  /** A caller over HTTP, who stays when the process of the server is replaced by another one. */
  claim: z.literal(true).optional(),
})
export type Holder = z.infer<typeof holder>

/** A holder that exists as long as the process `pid`. */
export function createHolder(id: string, name: string, pid: number): Holder {
  const startTime = pid === process.pid ? ownStartTime() : startTimeOf(pid)
  return { id, name, host: os.hostname(), pid, startTime: startTime ?? '' }
}

/** Whether the process exists. Only processes of this machine can be checked; those of other machines count as existing. */
export function isAlive({
  host,
  pid,
  startTime,
}: Pick<Holder, 'host' | 'pid' | 'startTime'>): boolean {
  if (host !== os.hostname()) return true
  if (pid === process.pid && startTime === ownStartTime()) return true
  const actual = startTimeOf(pid)
  return actual !== undefined && (startTime === '' || actual === startTime)
}

/** The start time of this process, which does not change. */
function ownStartTime(): string | undefined {
  own ??= startTimeOf(process.pid)
  return own
}

let own: string | undefined

/** Start time of a process; empty if the system does not report it; `undefined` if the process does not exist. */
export function startTimeOf(pid: number): string | undefined {
  try {
    process.kill(pid, 0)
  } catch (error) {
    // EPERM: it exists and belongs to another user.
    if (codeOf(error) !== 'EPERM') return undefined
  }
  if (process.platform !== 'linux') return ''
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    // A zombie has ended, but its parent has not noticed yet.
    return fields[0] === 'Z' ? undefined : `${bootId()} ${fields[19] ?? ''}`
  } catch {
    return undefined
  }
}

/** Identifies the current start of the machine, after which process ids begin again. Empty if the system does not report it. */
export function bootId(): string {
  boot ??= readBootId()
  return boot
}

function readBootId(): string {
  if (process.platform !== 'linux') return ''
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
  } catch {
    return ''
  }
}

let boot: string | undefined
