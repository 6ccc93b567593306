import { mkdirSync, statSync } from 'node:fs'
import path from 'node:path'
import { performance } from 'node:perf_hooks'
import { setTimeout as pause } from 'node:timers/promises'
import { ensureState, type State } from './state.ts'

/** Another process held the lock for the whole time that we were ready to wait. */
export class Locked extends Error {
  override name = 'Locked'
}

/** The same numbers in every process: two values of `stale` on one lock would mean two holders. */
const STALE_MS = 10_000
const REFRESH_MS = 2_000
const PATIENCE_MS = 30_000

/** The lock as it lies on the disk; `isStale` when its holder has not touched it for so long that the next one takes it. */
export function leftLock(state: State): { since: string; isStale: boolean } | undefined {
  const stat = statSync(lockFile(state), { throwIfNoEntry: false })
  if (!stat) return undefined
  return { since: stat.mtime.toISOString(), isStale: Date.now() - stat.mtimeMs > STALE_MS }
}

function lockFile(state: State): string {
  return path.join(state.local, 'lock')
}

/** Calls of this process stand in line here before they queue among processes. */
let line: Promise<unknown> = Promise.resolve()

/** Runs `work` while no other call, in this or another process, is in its own. Keep it short: no process, no network. */
export async function withLock<T>(state: State, work: () => T | Promise<T>): Promise<T> {
  const turn = line.then(() => holdLock(state, work))
  // A call that fails lets the next one in all the same; its caller gets the error from `turn`.
  line = turn.catch(() => undefined)
  return turn
}

async function holdLock<T>(state: State, work: () => T | Promise<T>): Promise<T> {
  const release = await acquire(state)
  try {
    return await work()
  } finally {
    await release()
  }
}

async function acquire(state: State): Promise<() => Promise<void>> {
  const { lock } = (await import('proper-lockfile')).default
  const deadline = performance.now() + PATIENCE_MS
  for (let wait = 4; ; wait = Math.min(wait * 2, 100)) {
    try {
      // Again each time: somebody may remove the folder while we wait.
      ensureState(state)
      mkdirSync(state.local, { recursive: true })
      const release = await lock(state.local, {
        realpath: false,
        lockfilePath: lockFile(state),
        stale: STALE_MS,
        update: REFRESH_MS,
        retries: 0,
        // The default throws from a timer, which would end the server.
        onCompromised: () => undefined,
      })
      return () => release().catch(() => undefined)
    } catch (error) {
      if (!isBusy(error)) throw error
      if (performance.now() > deadline) {
        throw new Locked(`Another process has held ${lockFile(state)} for 30 s.`)
      }
      await pause(wait * (0.5 + Math.random()))
    }
  }
}

function isBusy(error: unknown): boolean {
  if (!(error instanceof Error) || !('code' in error)) return false
  const { code } = error
  if (code === 'ELOCKED' || code === 'ENOENT') return true
  // On Windows a lock that is being deleted answers so for a moment.
  return process.platform === 'win32' && ['EPERM', 'EACCES', 'EBUSY'].some(busy => busy === code)
}
