/** Short enough that a change is noticed within a second. */
export const CHECK_INTERVAL_MS = 400

/** Whether the poll was stopped since this check began, even if it was started again. */
export type IsStopped = () => boolean

/** Checks something again and again while it runs: one check at a time, with a pause after each. It does not keep the process alive. */
export class Poll {
  readonly #check: (isStopped: IsStopped) => Promise<void>
  #timer: NodeJS.Timeout | undefined

  constructor(check: (isStopped: IsStopped) => Promise<void>) {
    this.#check = check
  }

  get isRunning(): boolean {
    return this.#timer !== undefined
  }

  start(): void {
    this.#timer ??= this.#schedule()
  }

  stop(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
  }

  #schedule(): NodeJS.Timeout {
    const timer = setTimeout(() => void this.#run(timer), CHECK_INTERVAL_MS).unref()
    return timer
  }

  async #run(timer: NodeJS.Timeout): Promise<void> {
    const isStopped = () => this.#timer !== timer
    await this.#check(isStopped)
    // Otherwise a second chain of checks would go on beside the one that was started meanwhile.
    if (!isStopped()) this.#timer = this.#schedule()
  }
}
