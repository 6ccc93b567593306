import type { RegisterRun } from '../live-runs.ts'
import { Standby } from './standby.ts'
import { keyOf, stampOfPlace, type StandbyCommand } from './standby-command.ts'

/** The test runners of this process that wait for a run. */
class Standbys {
  #isOpen = false
  /** By the command that started them; the oldest first. */
  readonly #waiting = new Map<string, Standby>()
  /** Commands that no standby can serve, with the stamp of the files for which that was found. */
  readonly #unsuitable = new Map<string, string>()

  /** Allows this process to keep runners. A command that ends at once would only wait for them. */
  open(): void {
    this.#isOpen = true
  }

  /** Ends all that wait. */
  close(): void {
    this.#isOpen = false
    for (const standby of this.#waiting.values()) standby.end()
    this.#waiting.clear()
  }

  /** Starts a runner, unless one waits already. Resolves when it waits for a run, which no caller has to wait for. */
  async prepare(command: StandbyCommand, register?: RegisterRun): Promise<void> {
    const key = keyOf(command)
    if (!this.#isOpen || this.#unsuitable.get(key) === stampOfPlace(command)) return
    const waiting = this.#waiting.get(key)
    if (waiting?.isFresh) return waiting.settled
    this.#drop(key)
    for (const oldest of [...this.#waiting.keys()].slice(0, -MAX_WAITING + 1)) this.#drop(oldest)
    const standby = new Standby(command, register)
    this.#waiting.set(key, standby)
    await standby.settled
    if (this.#waiting.get(key) === standby && standby.unsuitable !== undefined) this.#drop(key)
  }

  /** The runner that waits for this command, if it can run these files as a new process would. */
  async take(command: StandbyCommand, files: number): Promise<Standby | undefined> {
    const key = keyOf(command)
    const standby = this.#waiting.get(key)
    const canRun = (await standby?.canRun(files)) === true
    // Another run may have taken it meanwhile.
    if (!standby || this.#waiting.get(key) !== standby) return undefined
    if (!canRun) {
      this.#drop(key)
      return undefined
    }
    this.#waiting.delete(key)
    return standby
  }

  #drop(key: string): void {
    const standby = this.#waiting.get(key)
    if (!standby) return
    if (standby.unsuitable !== undefined) this.#unsuitable.set(key, standby.before)
    this.#waiting.delete(key)
    standby.end()
  }
}

/** Each needs memory: about 100 MB for Vitest, and 45 MB for `node --test`. */
const MAX_WAITING = 2

export const standbys = new Standbys()
