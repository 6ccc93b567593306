import { performance } from 'node:perf_hooks'
import { countOf } from '../plan/format-list.ts'

/** What a step is doing at the moment, and for how long. */
export class Activity {
  #what = ''
  #tests = 0
  #since = performance.now()
  #waiting: (() => string) | undefined
  readonly #listeners = new Set<() => void>()

  readonly note = (what: string): void => {
    this.#what = what
    this.#tests = 0
    this.#since = performance.now()
    this.#notify()
  }

  readonly noteTests = (count: number): void => {
    this.#tests = count
    this.#notify()
  }

  /** Until the next call, the step waits for what the phrase says. */
  readonly noteWait = (phrase: (() => string) | undefined): void => {
    this.#waiting = phrase
    this.#since = performance.now()
    this.#notify()
  }

  /** Such as `running tests/a.test.ts: 12 tests so far, 8 s`; empty until the first note. */
  phrase(): string {
    if (this.#waiting) return this.#waiting()
    if (this.#what === '') return ''
    const tests = this.#tests === 0 ? '' : `: ${countOf(this.#tests, 'test')} so far`
    return `${this.#what}${tests}, ${secondsSince(this.#since)}`
  }

  /** Calls `listener` at every change. Returns a function that removes the listener. */
  listen(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  #notify(): void {
    for (const listener of this.#listeners) listener()
  }
}

/** Seconds since a `performance.now()` value, such as `8 s`. */
export function secondsSince(start: number): string {
  return `${Math.round((performance.now() - start) / 1000)} s`
}
