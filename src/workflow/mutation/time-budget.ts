/** The time that is left for runs. Time that a run waits for its turn does not count, because it depends on other assistants. */
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

  /** Gives back the milliseconds for which a run waited. */
  readonly giveBack = (waitedMs: number): void => {
    this.#deadline += waitedMs
  }
}
