import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { setTimeout as wait } from 'node:timers/promises'
import { RUN_MARKER } from './environment.ts'

/** A process, its process group, and every process that it started. */
export interface ProcessTree {
  pid: number
  /** The value of `REDGREEN_RUN` in the environment of all of its processes. */
  run: string
}

const GRACE_MS = 500

/** Sends SIGTERM to the process group and kills what is left of the tree after `graceMs`. Does nothing if the tree has ended. */
export async function endTree(tree: ProcessTree, graceMs = GRACE_MS): Promise<void> {
  if (process.platform === 'win32') return killTree(tree)
  signalGroup(tree.pid, 'SIGTERM')
  const deadline = Date.now() + graceMs
  for (
    let pause = 2;
    Date.now() < deadline && isGroupAlive(tree.pid);
    pause = Math.min(2 * pause, 20)
  )
    await wait(pause)
  killTree(tree)
}

/** Kills the tree at once, without waiting, so that it can be called while this process exits. */
export function killTree(tree: ProcessTree): void {
  if (process.platform === 'win32') {
    killWindowsTree(tree.pid)
    return
  }
  // Needed even if the leader has exited, because a child in its group can survive SIGTERM.
  signalGroup(tree.pid, 'SIGKILL')
  killMarked(tree.run)
}

/**
 * Kills the processes that a killed server left behind. Signals only processes that carry the run's mark, and the group of a
 * leader that carries it: process ids are reused, and a record can be forged.
 */
export function endOrphans(run: string, leader: number | undefined): void {
  if (leader !== undefined && isMarked(leader, run)) signalGroup(leader, 'SIGKILL')
  killMarked(run)
}

/** Does the process group have a member? A process that has ended but was not reaped yet counts. */
export function isGroupAlive(pid: number): boolean {
  return process.platform !== 'win32' && signalGroup(pid, 0)
}

function signalGroup(pid: number, signal: NodeJS.Signals | 0): boolean {
  // 0 would signal our own group, and -1 every process of the user.
  if (!Number.isInteger(pid) || pid <= 1) return false
  try {
    return process.kill(-pid, signal)
  } catch {
    return false
  }
}

/** Kills processes that left the group (`setsid`, a double fork), which are found by their environment. Linux only. */
function killMarked(run: string): void {
  if (process.platform !== 'linux') return
  // Several rounds, because a process may fork before it gets the signal.
  for (let round = 0; round < 5; round++) {
    const left = processesOf(run)
    if (left.length === 0) return
    for (const pid of left) kill(pid)
  }
}

/** Ids of all running processes of a run, including those that left its group. Linux only. */
export function processesOf(run: string): number[] {
  if (process.platform !== 'linux') return []
  return readdirSync('/proc')
    .map(Number)
    .filter(pid => pid > 1 && pid !== process.pid && isMarked(pid, run))
}

function isMarked(pid: number, run: string): boolean {
  return environmentOf(pid).includes(`\0${RUN_MARKER}=${run}\0`)
}

/** Each variable with a zero before and after it. */
function environmentOf(pid: number): string {
  try {
    return `\0${readFileSync(`/proc/${pid}/environ`, 'latin1')}\0`
  } catch {
    return ''
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // The process has already ended.
  }
}

function killWindowsTree(pid: number): void {
  const root = process.env['SystemRoot'] ?? 'C:\\Windows'
  const taskkill = path.win32.join(root, 'System32', 'taskkill.exe')
  spawnSync(taskkill, ['/pid', String(pid), '/T', '/F'], { windowsHide: true, stdio: 'ignore' })
}
