/** Finds the ids of a plan by the different ways to write them: `T-1.2`, `Task 1.2`, `T1`. */
export class TaskIdIndex {
  /** In file order. */
  readonly ids: readonly string[]
  private readonly byNumber = new Map<string, string>()
  private readonly positions: ReadonlyMap<string, number>

  constructor(ids: readonly string[]) {
    this.ids = ids
    this.positions = new Map(ids.map((id, at) => [id, at]))
    for (const id of ids) {
      const number = numberOf(id)
      if (!this.byNumber.has(number)) this.byNumber.set(number, id)
    }
  }

  /** The id that a reference means; `undefined` if the plan does not have it. */
  find(reference: string): string | undefined {
    return this.positions.has(reference) ? reference : this.byNumber.get(numberOf(reference))
  }

  /** The id at the start of a text. */
  findLeading(text: string): string | undefined {
    const begin = /^(?:task\s+)?[[(]?((?:T(?:ASK)?-?)?\d[\w.-]*)/i.exec(text.trim())?.[1]
    return begin === undefined ? undefined : this.find(begin.replace(/[.-]+$/, ''))
  }

  /** Index in file order; after the last one for an unknown id. */
  positionOf(id: string): number {
    return this.positions.get(id) ?? this.ids.length
  }
}

/** The number of an id, which is the same in all ways to write it. */
function numberOf(id: string): string {
  const bare = id.trim().replace(/^(?:tasks?\s+)?(?:T(?:ASK)?-?)?(?=\d)/i, '')
  return bare.toLowerCase().replaceAll(/(?<![\d])0+(?=\d)/g, '')
}
