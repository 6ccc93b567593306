import { checkLine, GENESIS } from '../../../src/evidence/chain.ts'
import type { Added } from '../../../src/store/coordinator/coordinator.ts'

interface Chain {
  lines: string[]
  tip: string
}

/** What one client knows of a feature. It checks everything that it reads: a wrong line is an error at once. */
export class View {
  version = 0
  /** All lines in the order in which the store gave them. */
  readonly lines: string[] = []
  readonly #chains = new Map<string, Chain>()
  readonly #feature: string

  constructor(feature: string) {
    this.#feature = feature
  }

  /** The chain in this file, as the next line has to continue it. */
  end(file: string): { offset: number; prev: string; seq: number } {
    const { lines, tip } = this.#chains.get(file) ?? { lines: [], tip: GENESIS }
    const offset = Buffer.byteLength(lines.map(line => `${line}\n`).join(''))
    return { offset, prev: tip, seq: lines.length }
  }

  add({ version, commits }: Added): void {
    if (version < this.version) throw new Error(`version ${version} after ${this.version}`)
    this.version = version
    for (const { file, prev, seq, lines, tip } of commits) {
      const chain = this.#chains.get(file) ?? { lines: [], tip: GENESIS }
      this.#chains.set(file, chain)
      if (seq > chain.lines.length) throw new Error(`${file}: lines are missing before ${seq + 1}`)
      if (seq === chain.lines.length && prev !== chain.tip) throw new Error(`${file}: ${prev}`)
      for (const [at, line] of lines.entries()) this.#addLine(file, chain, seq + at, line)
      if (seq + lines.length === chain.lines.length && tip !== chain.tip)
        throw new Error(`${file}: the last line is not ${tip}`)
    }
  }

  /** A store may give more than what is new. Then it has to be the same as before. */
  #addLine(file: string, chain: Chain, at: number, line: string): void {
    const known = chain.lines[at]
    if (known !== undefined) {
      if (known !== line) throw new Error(`${file}: line ${at + 1} was another one before`)
      return
    }
    const checked = checkLine(line, { prev: chain.tip, seq: at + 1 })
    if ('broken' in checked) throw new Error(`${file}, line ${at + 1}: ${checked.broken}`)
    if (checked.entry['feature'] !== this.#feature) throw new Error('a line of another feature')
    chain.lines.push(line)
    chain.tip = checked.hash
    this.lines.push(line)
  }

  /** The tasks of all lines, in order. */
  tasks(): string[] {
    return this.lines.map(line => String(JSON.parse(line).task))
  }
}
