import { readFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import * as z from 'zod'
import { readBytes, writeFile } from './files.ts'
import { parseJson } from './json.ts'
import type { State } from './state.ts'

/** Who works on a task. A claim of a process that is gone, or whose lease has run out, binds nobody. */

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

const claim = z.object({ holder, since: z.string(), until: z.string() })
export type Claim = z.infer<typeof claim>

const book = z.record(z.string(), claim)

/** A lease lasts this long after the last call of its holder. */
const LEASE_MINUTES = 30

/** The claims on a feature's tasks that bind somebody at `now`. */
export function liveClaims(state: State, feature: string, now: Date): Map<string, Claim> {
  const bytes = readBytes(claimsFile(state, feature))
  const claims = bytes ? book.safeParse(parseJson(bytes.toString('utf8'))) : undefined
  // A book that cannot be read holds nobody: claims are politeness between agents, the ledger is the truth.
  const entries = Object.entries(claims?.success ? claims.data : {})
  return new Map(
    entries.filter(([, { holder, until }]) => until > now.toISOString() && lives(holder)),
  )
}

/** Takes or extends a claim. Call it under the lock. */
export function takeClaim(
  state: State,
  feature: string,
  task: string,
  by: Holder,
  now: Date,
): void {
  const claims = liveClaims(state, feature, now)
  const since = claims.get(task)?.since ?? now.toISOString()
  const until = new Date(now.getTime() + LEASE_MINUTES * 60_000).toISOString()
  claims.set(task, { holder: by, since, until })
  saveClaims(state, feature, claims)
}

/** Gives a task back. Call it under the lock. */
export function dropClaim(state: State, feature: string, task: string, now: Date): void {
  const claims = liveClaims(state, feature, now)
  if (claims.delete(task)) saveClaims(state, feature, claims)
}

/** A holder that lives as long as the process `pid`. */
export function holderOf(id: string, name: string, pid: number): Holder {
  return { id, name, host: os.hostname(), pid, born: birthOf(pid) ?? '' }
}

function saveClaims(state: State, feature: string, claims: ReadonlyMap<string, Claim>): void {
  writeFile(claimsFile(state, feature), `${JSON.stringify(Object.fromEntries(claims))}\n`)
}

function claimsFile(state: State, feature: string): string {
  return path.join(state.local, 'claims', `${feature}.json`)
}

/** Is a holder's process there? Only those of this machine can be looked at; another machine's holder keeps its lease. */
export function lives({ host, pid, born }: Holder): boolean {
  if (host !== os.hostname()) return true
  const birth = birthOf(pid)
  return birth !== undefined && (born === '' || birth === born)
}

/** When a process started; the empty string where the system does not say; `undefined` for one that is gone. */
function birthOf(pid: number): string | undefined {
  try {
    process.kill(pid, 0)
  } catch (error) {
    // EPERM: it exists and is somebody else's.
    if (!(error instanceof Error && 'code' in error && error.code === 'EPERM')) return undefined
  }
  if (process.platform !== 'linux') return ''
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    // A zombie has ended already; only its parent does not know yet.
    return fields[0] === 'Z' ? undefined : (fields[19] ?? '')
  } catch {
    return undefined
  }
}
