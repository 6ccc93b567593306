import process from 'node:process'
import { killNow, type ProcessTree } from './process-tree.ts'

/** Opens the record of a run, named by the mark of its processes; throws when none can be kept, and nothing is started. */
export type Register = (run: string) => {
  /** The process at the root of the tree is there. */
  started(pid: number): void
  /** Nothing of the tree is left. */
  over(): void
}

const live = new Set<ProcessTree>()
let watching = false

/** Remembers a tree until `forget`, so that it never outlives us. */
export function remember(tree: ProcessTree): void {
  live.add(tree)
  if (watching) return
  watching = true
  process.on('exit', endAllRuns)
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) watch(signal)
}

export function forget(tree: ProcessTree): void {
  live.delete(tree)
}

/** Ends every run that is under way, at once. Execa's own clean-up does not reach detached groups. */
export function endAllRuns(): void {
  for (const tree of live) killNow(tree)
  live.clear()
}

function watch(signal: NodeJS.Signals): void {
  process.once(signal, () => {
    endAllRuns()
    // Our listener took the signal's usual effect away; unless somebody else answers it, give that back.
    if (process.listenerCount(signal) === 0) process.kill(process.pid, signal)
  })
}
