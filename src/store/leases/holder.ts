import { readFileSync } from 'node:fs'
import os from 'node:os'
import * as z from 'zod'
import { codeOf } from '../disk.ts'

/** Who works on a task: a server, or a person at a terminal. */
export const holder = z.object({
  /** Random for a server, derived from user and terminal for the command line. */
  id: z.string(),
  /** What a person would recognise, such as `claude-code (process 4711)`. */
  name: z.string(),
  host: z.string(),
  pid: z.number(),
  /** When that process started, as the system counts it; tells a process from a later one with its number. */
  born: z.string(),
})
export type Holder = z.infer<typeof holder>

/** A holder that lives as long as the process `pid`. */
export function createHolder(id: string, name: string, pid: number): Holder {
  return { id, name, host: os.hostname(), pid, born: birthOf(pid) ?? '' }
}

/** Is this process there? Only those of this machine can be looked at; another machine's counts as there. */
export function lives({ host, pid, born }: Pick<Holder, 'host' | 'pid' | 'born'>): boolean {
  if (host !== os.hostname()) return true
  const birth = birthOf(pid)
  return birth !== undefined && (born === '' || birth === born)
}

/** When a process started; the empty string where the system does not say; `undefined` for one that is gone. */
export function birthOf(pid: number): string | undefined {
  try {
    process.kill(pid, 0)
  } catch (error) {
    // EPERM: it exists and is somebody else's.
    if (codeOf(error) !== 'EPERM') return undefined
  }
  if (process.platform !== 'linux') return ''
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    // A zombie has ended already; only its parent does not know yet.
    return fields[0] === 'Z' ? undefined : `${bootId()} ${fields[19] ?? ''}`
  } catch {
    return undefined
  }
}

/** Processes are counted anew after each start of the machine; this names one. Empty where the system does not say. */
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
