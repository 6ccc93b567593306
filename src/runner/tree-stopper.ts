import { setTimeout as wait } from 'node:timers/promises'
import { endTree, isGroupAlive, processesOf, type ProcessTree } from './process-tree.ts'

type Cause = 'timed_out' | 'cancelled' | 'output_limit'

const KILL_TIMEOUT_MS = 2000

/** Ends the tree once, for the first cause that occurs. */
export class TreeStopper {
  cause: Cause | undefined
  /** Resolves if the process does not exit even after SIGKILL, because it hangs inside the kernel. */
  gaveUp: Promise<[null, null]>
  #tree: ProcessTree
  #graceMs: number | undefined
  #ending: Promise<void> | undefined
  #begin: () => void = () => {}

  constructor(tree: ProcessTree, graceMs: number | undefined) {
    this.#tree = tree
    this.#graceMs = graceMs
    const begun = new Promise<void>(resolve => {
      this.#begin = resolve
    })
    this.gaveUp = begun
      .then(() => this.#ending)
      .then(() => wait(KILL_TIMEOUT_MS, [null, null], UNREF))
  }

  stop(cause: Cause): void {
    if (this.cause !== undefined) return
    this.cause = cause
    this.#ending = endTree(this.#tree, this.#graceMs)
    this.#begin()
  }

  /**
   * Ends the processes that are left of a program that exited by itself. Returns whether there were any. Searching all
   * processes takes milliseconds, so it is skipped if nothing can be left, unless `thorough` is set.
   */
  async endRest(isDrained: boolean, thorough: boolean): Promise<boolean> {
    const { pid, run } = this.#tree
    const left =
      this.#ending === undefined &&
      (!isDrained || isGroupAlive(pid) || (thorough && processesOf(run).length > 0))
    if (left) this.#ending = endTree(this.#tree, this.#graceMs)
    await this.#ending
    return left
  }
}

const UNREF = { ref: false }
