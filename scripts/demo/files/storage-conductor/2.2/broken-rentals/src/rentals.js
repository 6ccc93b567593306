import { existsSync, readFileSync, writeFileSync } from 'node:fs'

/** Stores who has rented which tool, in a file with one JSON object a line. */
export class Rentals {
  #path
  #lines

  constructor(path) {
    this.#path = path
    this.#lines = existsSync(path) ? linesOf(readFileSync(path, 'utf8')) : []
  }

  rent(tool, renter, day) {
    named('tool', tool)
    named('renter', renter)
    dated(day)
    this.#write({ tool, renter, from: day })
  }

  returnTool(tool, day) {
    dated(day)
    const rental = this.#rentalOf(tool)
    if (!rental) throw new Error(`The ${tool} is not rented.`)
    this.#write({ ...rental, until: day })
  }

  /** The rented tools, sorted by name. */
  list() {
    const last = new Map(this.#lines.map(rental => [rental.tool, rental]))
    const rented = [...last.values()].filter(({ until }) => until === undefined)
    return rented.toSorted((a, b) => (a.tool < b.tool ? -1 : 1))
  }

  #rentalOf(tool) {
    return this.list().find(rental => rental.tool === tool)
  }

  #write(rental) {
    this.#lines.push(rental)
    writeFileSync(this.#path, this.#lines.map(line => `${JSON.stringify(line)}\n`).join(''))
  }
}

/** The rentals in a text, without an incomplete last line that a crash has left. */
function linesOf(text) {
  return text
    .split('\n')
    .slice(0, -1)
    .map(line => JSON.parse(line))
}

function named(field, text) {
  if (typeof text !== 'string' || text === '') throw new Error(`The ${field} is empty.`)
}

function dated(day) {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) throw new Error(`The day ${day} is invalid.`)
}
