/** Who has borrowed which tool. */
export class Loans {
  #loans = []

  constructor(path) {
    this.path = path
  }

  lend(tool, borrower, day) {
    named('tool', tool)
    named('borrower', borrower)
    dated(day)
    const before = this.#loans.find(loan => loan.tool === tool)
    if (before) throw new Error(`${before.borrower} has the ${tool}.`)
    this.#loans.push({ tool, borrower, from: day })
  }

  /** The tools that are out, by their names. */
  out() {
    return this.#loans.toSorted((a, b) => (a.tool < b.tool ? -1 : 1))
  }
}

function named(field, text) {
  if (typeof text !== 'string' || text === '') throw new Error(`The ${field} has no name.`)
}

function dated(day) {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) throw new Error(`The day ${day} is none.`)
}
