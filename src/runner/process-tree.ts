import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { setTimeout as wait } from 'node:timers/promises'
import { RUN_MARKER } from './environment.ts'

/** A process, its group, and everything it started. */
export interface ProcessTree {
  pid: number
  /** The value of `REDGREEN_RUN` in the environment of all its processes. */
  run: string
}

const GRACE_MS = 500

/** Asks the whole tree to end, and after the grace ends what is left of it. Safe to call for a tree that is gone. */
export async function endTree(tree: ProcessTree, graceMs = GRACE_MS): Promise<void> {
  if (process.platform === 'win32') return killNow(tree)
  signalGroup(tree.pid, 'SIGTERM')
  const deadline = Date.now() + graceMs
  while (Date.now() < deadline && groupIsAlive(tree.pid)) await wait(20)
  killNow(tree)
}

/** Ends the tree without asking and without waiting: all that can still be done while our own process exits. */
export function killNow(tree: ProcessTree): void {
  if (process.platform === 'win32') {
    endWindowsTree(tree.pid)
    return
  }
  // Also when the leader has exited: a busy child in its group outlives SIGTERM.
  signalGroup(tree.pid, 'SIGKILL')
  sweep(tree.run)
}

/**
 * Ends what is left of the run of a server that was killed. Nothing that does not carry the run's mark, or belong to the
 * group of a leader that does, is signalled: numbers are given anew, and a record can be forged.
 */
export function endOrphans(run: string, leader: number | undefined): void {
  if (leader !== undefined && isMarked(leader, run)) signalGroup(leader, 'SIGKILL')
  sweep(run)
}

/** A member that is only waiting to be reaped counts as alive. */
export function groupIsAlive(pid: number): boolean {
  return process.platform !== 'win32' && signalGroup(pid, 0)
}

function signalGroup(pid: number, signal: NodeJS.Signals | 0): boolean {
  // 0 is our own group and -1 is every process there is.
  if (!Number.isInteger(pid) || pid <= 1) return false
  try {
    return process.kill(-pid, signal)
  } catch {
    return false
  }
}

/** Finds what left the group (`setsid`, a double fork) by its environment. Linux only: elsewhere it cannot be read. */
function sweep(run: string): void {
  if (process.platform !== 'linux') return
  // Twice over: a process may fork between our look and our signal.
  for (let round = 0; round < 5; round++) {
    const left = processesOf(run)
    if (left.length === 0) return
    for (const pid of left) end(pid)
  }
}

/** Every living process of a run, also those that left its group; Linux only. */
export function processesOf(run: string): number[] {
  if (process.platform !== 'linux') return []
  return readdirSync('/proc')
    .map(Number)
    .filter(pid => pid > 1 && pid !== process.pid && isMarked(pid, run))
}

function isMarked(pid: number, run: string): boolean {
  return environmentOf(pid).includes(`${RUN_MARKER}=${run}`)
}

function environmentOf(pid: number): string[] {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'latin1').split('\0')
  } catch {
    return []
  }
}

function end(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It has ended by itself.
  }
}

function endWindowsTree(pid: number): void {
  const root = process.env['SystemRoot'] ?? 'C:\\Windows'
  const taskkill = path.win32.join(root, 'System32', 'taskkill.exe')
  spawnSync(taskkill, ['/pid', String(pid), '/T', '/F'], { windowsHide: true, stdio: 'ignore' })
}
