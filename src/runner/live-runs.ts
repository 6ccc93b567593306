import process from 'node:process'
import { killTree, type ProcessTree } from './process-tree.ts'

/** Creates the record of a run, named by the mark of its processes. If it throws, the run is not started. */
export type RegisterRun = (run: string) => {
  /** Records the root process of the tree. */
  started(pid: number): void
  /** Deletes the record, because no process of the tree is left. */
  ended(): void
}

const live = new Set<ProcessTree>()
let watching = false

/** Ends the tree when this process exits, unless `untrackTree` is called first. */
export function trackTree(tree: ProcessTree): void {
  live.add(tree)
  if (watching) return
  watching = true
  process.on('exit', endAllRuns)
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) watch(signal)
}

export function untrackTree(tree: ProcessTree): void {
  live.delete(tree)
}

/** Kills every run in progress at once. Execa's own clean-up does not reach detached process groups. */
export function endAllRuns(): void {
  for (const tree of live) killTree(tree)
  live.clear()
}

function watch(signal: NodeJS.Signals): void {
  process.once(signal, () => {
    endAllRuns()
    // A listener disables the default effect of the signal. If no other listener is left, send the signal again.
    if (process.listenerCount(signal) === 0) process.kill(process.pid, signal)
  })
}
