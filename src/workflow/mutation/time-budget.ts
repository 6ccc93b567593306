import type { Outcome } from '../../evidence/outcome.ts'

/** Time that is left for runs. The time for which a run waits for its turn does not count: other assistants decide about that. */
export class TimeBudget {
  #deadline: number
  readonly #now: () => number

  /** @param now milliseconds since any moment */
  constructor(milliseconds: number, now: () => number = Date.now) {
    this.#now = now
    this.#deadline = now() + milliseconds
  }

  /** Milliseconds; negative if it is over. */
  get left(): number {
    return this.#deadline - this.#now()
  }

  /** Does a run on this time. */
  async spend<T extends Pick<Outcome, 'durationMs'>>(run: () => Promise<T>): Promise<T> {
    const before = this.#now()
    const outcome = await run()
    this.#deadline += Math.max(0, this.#now() - before - outcome.durationMs)
    return outcome
  }
}
