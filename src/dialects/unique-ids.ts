/** Makes the ids of a plan unique: a repeated id gets a number as suffix. */
export class UniqueIds {
  private readonly taken = new Set<string>()
  private readonly counts = new Map<string, number>()

  unique(id: string): string {
    let count = this.counts.get(id) ?? 1
    let name = count === 1 ? id : `${id}#${count}`
    while (this.taken.has(name)) {
      count += 1
      name = `${id}#${count}`
    }
    this.counts.set(id, count)
    this.taken.add(name)
    return name
  }
}
