import { constants } from 'node:os'
import process from 'node:process'
import { killTree, type ProcessTree } from './process-tree.ts'

/**
 * Creates the record of a run, named by the mark of its processes, with its command. If it throws, the run is not started.
 *
 * @param pid the root process of the tree, if it exists already
 */
export type RegisterRun = (
  run: string,
  argv: readonly string[],
  pid?: number,
) => {
  /** Records the root process of the tree. */
  started(pid: number): void
  /** Deletes the record, because no process of the tree is left. */
  ended(): void
}

const live = new Set<ProcessTree>()
let watching = false
let handled = false

/** Ends the tree when this process exits, unless `untrackTree` is called first. */
export function trackTree(tree: ProcessTree): void {
  live.add(tree)
  if (watching) return
  watching = true
  process.on('exit', endAllRuns)
  for (const signal of END_SIGNALS) watch(signal)
}

/** The signals that ask this process to end. */
export const END_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
export type EndSignal = (typeof END_SIGNALS)[number]

/** Calls `end` for each signal that asks this process to end. It has to end the process; without it, a signal ends it at once. */
export function onEndSignal(end: (signal: EndSignal) => void): void {
  handled = true
  for (const signal of END_SIGNALS) process.once(signal, () => end(signal))
}

/** As in shells: 128 plus the number of the signal. */
export function exitCodeOf(signal: EndSignal): number {
  return 128 + constants.signals[signal]
}

export function untrackTree(tree: ProcessTree): void {
  live.delete(tree)
}

/** Kills every run in progress at once. Execa's own clean-up does not reach detached process groups. */
export function endAllRuns(): void {
  for (const tree of live) killTree(tree)
  live.clear()
}

function watch(signal: EndSignal): void {
  const end = () => {
    endAllRuns()
    // Removed only after all listeners were called, because a library that finds no other listener ends the process.
    setImmediate(() => process.off(signal, end))
    if (handled) return
    // A listener disables the default effect of the signal, also that of a library which waits for the others.
    process.removeAllListeners(signal)
    process.kill(process.pid, signal)
  }
  process.on(signal, end)
}
