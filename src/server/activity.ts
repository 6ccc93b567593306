import { performance } from 'node:perf_hooks'

/** What a step is doing at this moment, and how far it is. */
export class Activity {
  #what = ''
  #tests = 0
  #since = performance.now()
  readonly #listeners = new Set<() => void>()

  readonly note = (what: string): void => {
    this.#what = what
    this.#tests = 0
    this.#since = performance.now()
    this.#tell()
  }

  readonly noteTests = (count: number): void => {
    this.#tests = count
    this.#tell()
  }

  /** Such as `running tests/a.test.ts: 12 tests so far, 8 s`; empty until something has begun. */
  phrase(): string {
    if (this.#what === '') return ''
    const tests = this.#tests === 0 ? '' : `: ${this.#tests} tests so far`
    return `${this.#what}${tests}, ${secondsSince(this.#since)}`
  }

  /** Calls `listener` at every change, until the function that it gives back is called. */
  listen(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  #tell(): void {
    for (const listener of this.#listeners) listener()
  }
}

/** Time since a moment of the process's own clock, as people say it. */
export function secondsSince(moment: number): string {
  return `${Math.round((performance.now() - moment) / 1000)} s`
}
