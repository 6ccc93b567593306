import { namesIn, shortName } from './function-names.ts'

/** Which functions use each other, directly or through others. A name stands for each function that is called so. */
export class CallChains {
  readonly #uses: ReadonlyMap<string, ReadonlySet<string>>

  /** @param functions names, with the text of each */
  constructor(functions: readonly (readonly [name: string, text: string])[]) {
    const known = new Set(functions.map(([name]) => shortName(name)))
    const uses = new Map<string, Set<string>>()
    for (const [name, text] of functions) {
      const own = uses.get(shortName(name)) ?? new Set()
      for (const used of namesIn(text)) if (known.has(used)) own.add(used)
      uses.set(shortName(name), own)
    }
    this.#uses = uses
  }

  /** Does one of the two use the other? */
  connects(one: string, other: string): boolean {
    return this.#reaches(one, other) || this.#reaches(other, one)
  }

  #reaches(from: string, to: string): boolean {
    const reached = new Set([shortName(from)])
    for (const name of reached) for (const used of this.#uses.get(name) ?? []) reached.add(used)
    return reached.has(shortName(to))
  }
}
