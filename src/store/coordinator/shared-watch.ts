import type { Following } from './clone-coordinator.ts'

/** One watch of a store for everybody who reads what other clones change. It ends with the last reader. */
export class SharedWatch {
  readonly #begin: () => Following | undefined
  #readers = 0
  #watch: Following | undefined

  constructor(begin: () => Following | undefined) {
    this.#begin = begin
  }

  follow(): Following {
    this.#watch ??= this.#begin()
    this.#readers += 1
    let isReading = true
    return {
      close: () => {
        if (isReading) this.#readers -= 1
        isReading = false
        if (this.#readers === 0) this.end()
      },
    }
  }

  end(): void {
    this.#watch?.close()
    this.#watch = undefined
  }
}
