import path from 'node:path'
import { fileStamps } from '../store/file-stamps.ts'
import { leasesFolder } from '../store/leases/lease-table.ts'
import { liveRunsFolder } from '../store/live-runs.ts'
import { Poll } from '../store/poll.ts'
import { stateOf } from '../store/state.ts'
import { WorkspaceBoard } from './board.ts'
import type { PageWorkspace } from './page-call.ts'
import type { WorkspaceView } from './wire.ts'

/** Checks after which the view is made anew: there may be another feature, and leases expire. */
const CHECKS_UNTIL_LOOKUP = 5

type Listener = (root: string) => void

/**
 * A workspace that pages show. While somebody listens, it compares sizes and times of its files, so that the changes of other processes
 * count too. Nothing is read while nobody does.
 */
export class WatchedWorkspace {
  readonly board: WorkspaceBoard
  readonly #root: string
  readonly #listeners = new Set<Listener>()
  readonly #poll = new Poll(() => this.#check())
  #stamp = ''
  #shown = ''
  #checks = 0

  constructor(workspace: PageWorkspace) {
    this.#root = workspace.root
    this.board = new WorkspaceBoard(workspace)
  }

  /** Calls `listener` after every change. Returns a function that ends it. */
  listen(listener: Listener): () => void {
    this.#listeners.add(listener)
    this.board.follow(true)
    if (!this.#poll.isRunning) this.#stamp = fileStamps(this.#files())
    this.#poll.start()
    return () => {
      this.#listeners.delete(listener)
      if (this.#listeners.size > 0) return
      this.#poll.stop()
      this.board.follow(false)
    }
  }

  async #check(): Promise<void> {
    const stamp = fileStamps(this.#files())
    this.#checks += 1
    const isLookup = this.#checks % CHECKS_UNTIL_LOOKUP === 0
    const isOther = stamp !== this.#stamp || (isLookup && (await this.#isShownOtherwise()))
    this.#stamp = stamp
    if (isOther) for (const listener of this.#listeners) listener(this.#root)
  }

  async #isShownOtherwise(): Promise<boolean> {
    const view: WorkspaceView | undefined = await this.board
      .view(new AbortController().signal)
      .catch(() => undefined)
    const shown = JSON.stringify(view)
    const isOther = this.#shown !== '' && shown !== this.#shown
    this.#shown = shown
    return isOther
  }

  #files(): string[] {
    const state = stateOf({ root: this.#root })
    const own = [path.join(state.folder, 'ledger'), liveRunsFolder(state), leasesFolder(state)]
    return [...new Set([...own, ...this.board.files])]
  }
}
