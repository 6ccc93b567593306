import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'

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
    const before = this.#rentalOf(tool)
    if (before) throw new Error(`${before.renter} has the ${tool}.`)
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

  /** Writes a temporary file and renames it, so that the copy is always complete. */
  backup(target) {
    save(target, this.#lines)
  }

  restore(source) {
    const lines = linesOf(readFileSync(source, 'utf8'))
    save(this.#path, lines)
    this.#lines = lines
  }

  #rentalOf(tool) {
    return this.list().find(rental => rental.tool === tool)
  }

  #write(rental) {
    this.#lines.push(rental)
    save(this.#path, this.#lines)
  }
}

/** The rentals in a text, without an incomplete last line that a crash has left. */
function linesOf(text) {
  return text
    .split('\n')
    .slice(0, -1)
    .map((line, at) => rentalOf(line, at + 1))
}

function rentalOf(line, number) {
  try {
    return JSON.parse(line)
  } catch {
    throw new Error(`Line ${number} is invalid.`)
  }
}

function save(path, lines) {
  writeFileSync(`${path}.new`, lines.map(line => `${JSON.stringify(line)}\n`).join(''))
  renameSync(`${path}.new`, path)
}

function named(field, text) {
  if (typeof text !== 'string' || text === '') throw new Error(`The ${field} is empty.`)
}

function dated(day) {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) throw new Error(`The day ${day} is invalid.`)
}
