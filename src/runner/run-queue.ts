import { availableParallelism } from 'node:os'
import { performance } from 'node:perf_hooks'
import { countOf, formatList } from '../plan/format-list.ts'

/** Who wants to run tests. */
export interface Turn {
  /** Id of the holder. A holder with many runs does not hold up the others. */
  by: string
  signal: AbortSignal
  /** Called when the run has to wait, with a phrase about the others that can be read at any time; and without one when it starts. */
  onWait?: ((phrase: (() => string) | undefined) => void) | undefined
}

/** Receives how many tests of the run have ended. */
export type CountTests = (count: number) => void

interface Waiting {
  ticket: number
  start: (current: Current) => void
}

interface Current {
  /** A `performance.now()` value. */
  since: number
  tests: number
}

/**
 * Lets only as many test runs go at once as the machine has cores. More of them make each other slow, up to their time limits. Runs start
 * in the order in which they came, but those of one holder take turns with those of others.
 */
export class RunQueue {
  readonly #places: number
  readonly #current = new Set<Current>()
  #waiting: Waiting[] = []
  /** The last ticket of each holder. A run gets a later one than all that its holder has, so others come between. */
  readonly #tickets = new Map<string, number>()
  #served = 0

  constructor(places: number) {
    this.#places = places
  }

  /** Does `work` when it is its turn. Rejects if the signal aborts before. */
  async run<T>(turn: Turn, work: (countTests: CountTests) => Promise<T>): Promise<T> {
    turn.signal.throwIfAborted()
    const isFull = this.#current.size >= this.#places
    const current = isFull ? await this.#wait(turn) : this.#begin()
    try {
      if (isFull) turn.onWait?.(undefined)
      return await work(count => {
        current.tests = count
      })
    } finally {
      this.#current.delete(current)
      this.#next()
    }
  }

  #begin(): Current {
    const current = { since: performance.now(), tests: 0 }
    this.#current.add(current)
    return current
  }

  #wait({ by, signal, onWait }: Turn): Promise<Current> {
    const ticket = Math.max(this.#served, this.#tickets.get(by) ?? 0) + 1
    this.#tickets.set(by, ticket)
    return new Promise((resolve, reject) => {
      const leave = () => {
        this.#waiting = this.#waiting.filter(one => one !== waiting)
        reject(signal.reason)
      }
      const start = (current: Current) => {
        signal.removeEventListener('abort', leave)
        resolve(current)
      }
      const waiting: Waiting = { ticket, start }
      this.#waiting.push(waiting)
      signal.addEventListener('abort', leave, { once: true })
      onWait?.(() => this.#phrase(waiting))
    })
  }

  /** Starts the run whose turn it is. Its place is taken at once, so that no other run can take it. */
  #next(): void {
    const [first] = this.#inOrder()
    if (!first) return this.#tickets.clear()
    this.#waiting = this.#waiting.filter(one => one !== first)
    this.#served = first.ticket
    first.start(this.#begin())
  }

  #inOrder(): Waiting[] {
    return this.#waiting.toSorted((a, b) => a.ticket - b.ticket)
  }

  /** Such as `waiting for 2 runs; running for 14 s (12 tests so far) and 3 s`. */
  #phrase(waiting: Waiting): string {
    const before = this.#current.size + this.#inOrder().indexOf(waiting)
    const times = [...this.#current].map(({ since, tests }) => {
      const seconds = `${Math.round((performance.now() - since) / 1000)} s`
      return tests === 0 ? seconds : `${seconds} (${countOf(tests, 'test')} so far)`
    })
    return `waiting for ${countOf(before, 'run')}; running for ${formatList(times, 8)}`
  }
}

/** The test runs of this process. */
export const runQueue = new RunQueue(availableParallelism())
