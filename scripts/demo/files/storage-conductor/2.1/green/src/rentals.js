/** Stores who has rented which tool. */
export class Rentals {
  #rentals = []

  constructor(path) {
    this.path = path
  }

  rent(tool, renter, day) {
    named('tool', tool)
    named('renter', renter)
    dated(day)
    const before = this.#rentals.find(rental => rental.tool === tool)
    if (before) throw new Error(`${before.renter} has the ${tool}.`)
    this.#rentals.push({ tool, renter, from: day })
  }

  /** The rented tools, sorted by name. */
  list() {
    return this.#rentals.toSorted((a, b) => (a.tool < b.tool ? -1 : 1))
  }
}

function named(field, text) {
  if (typeof text !== 'string' || text === '') throw new Error(`The ${field} is empty.`)
}

function dated(day) {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) throw new Error(`The day ${day} is invalid.`)
}
