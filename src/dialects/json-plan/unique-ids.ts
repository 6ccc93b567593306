/** The ids of a plan as they are given out: a repeated one gets a number behind it. */
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
