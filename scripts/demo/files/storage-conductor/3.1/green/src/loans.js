import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'

/** Who has borrowed which tool, kept in a file with one JSON object a line. */
export class Loans {
  #path
  #lines

  constructor(path) {
    this.#path = path
    this.#lines = existsSync(path) ? linesOf(readFileSync(path, 'utf8')) : []
  }

  lend(tool, borrower, day) {
    named('tool', tool)
    named('borrower', borrower)
    dated(day)
    const before = this.#loanOf(tool)
    if (before) throw new Error(`${before.borrower} has the ${tool}.`)
    this.#write({ tool, borrower, from: day })
  }

  giveBack(tool, day) {
    dated(day)
    const loan = this.#loanOf(tool)
    if (!loan) throw new Error(`The ${tool} is not out.`)
    this.#write({ ...loan, until: day })
  }

  /** The tools that are out, by their names. */
  out() {
    const last = new Map(this.#lines.map(loan => [loan.tool, loan]))
    const out = [...last.values()].filter(({ until }) => until === undefined)
    return out.toSorted((a, b) => (a.tool < b.tool ? -1 : 1))
  }

  /** The copy has its name when it is whole, and not before. */
  backup(target) {
    save(target, this.#lines)
  }

  restore(source) {
    const lines = linesOf(readFileSync(source, 'utf8'))
    save(this.#path, lines)
    this.#lines = lines
  }

  #loanOf(tool) {
    return this.out().find(loan => loan.tool === tool)
  }

  #write(loan) {
    this.#lines.push(loan)
    save(this.#path, this.#lines)
  }
}

/** The loans of a text; a last line that a crash has cut short has no end. */
function linesOf(text) {
  return text
    .split('\n')
    .slice(0, -1)
    .map((line, at) => loanOf(line, at + 1))
}

function loanOf(line, number) {
  try {
    return JSON.parse(line)
  } catch {
    throw new Error(`Line ${number} is broken.`)
  }
}

function save(path, lines) {
  writeFileSync(`${path}.new`, lines.map(line => `${JSON.stringify(line)}\n`).join(''))
  renameSync(`${path}.new`, path)
}

function named(field, text) {
  if (typeof text !== 'string' || text === '') throw new Error(`The ${field} has no name.`)
}

function dated(day) {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) throw new Error(`The day ${day} is none.`)
}
