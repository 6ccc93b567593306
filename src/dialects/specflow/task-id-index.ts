/** The ids of a plan, and what else they are called in its text: `T-1.2`, `Task 1.2`, `T1`. */
export class TaskIdIndex {
  /** In file order. */
  readonly ids: readonly string[]
  private readonly byNumber = new Map<string, string>()
  private readonly places: ReadonlyMap<string, number>

  constructor(ids: readonly string[]) {
    this.ids = ids
    this.places = new Map(ids.map((id, at) => [id, at]))
    for (const id of ids) {
      const number = numberOf(id)
      if (!this.byNumber.has(number)) this.byNumber.set(number, id)
    }
  }

  /** The id that is meant by a reference, `undefined` when the plan has none. */
  find(reference: string): string | undefined {
    return this.places.has(reference) ? reference : this.byNumber.get(numberOf(reference))
  }

  /** The id that a text begins with. */
  findLeading(text: string): string | undefined {
    const begin = /^(?:task\s+)?[[(]?((?:T(?:ASK)?-?)?\d[\w.-]*)/i.exec(text.trim())?.[1]
    return begin === undefined ? undefined : this.find(begin.replace(/[.-]+$/, ''))
  }

  positionOf(id: string): number {
    return this.places.get(id) ?? this.ids.length
  }
}

/** What two ways of writing an id have in common. */
function numberOf(id: string): string {
  const bare = id.trim().replace(/^(?:tasks?\s+)?(?:T(?:ASK)?-?)?(?=\d)/i, '')
  return bare.toLowerCase().replaceAll(/(?<![\d])0+(?=\d)/g, '')
}
