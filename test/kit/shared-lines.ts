import { GENESIS, sealLine } from '../../src/evidence/chain.ts'
import type { Addition } from '../../src/store/coordinator/coordinator.ts'
import { parseJson } from '../../src/plan/parse-json.ts'
import type { Commit } from '../../src/store/transaction/commit-schema.ts'

/** A chain of one clone, for tests of shared stores. */
export class TestChain {
  readonly file: string
  readonly feature: string
  #tip = { seq: 0, prev: GENESIS }

  constructor(file = '0123456789.jsonl', feature = 'stack') {
    this.file = file
    this.feature = feature
  }

  /** The commit that would be next, with one line for each text. */
  commit(...texts: string[]): Commit {
    const { seq, prev } = this.#tip
    let last = prev
    const lines = texts.map((text, index) => {
      const line = sealLine(
        { kind: 'note', feature: this.feature, text },
        { seq: seq + index + 1, prev: last },
      )
      last = hashIn(line)
      return line
    })
    return { format: 1, file: this.file, offset: 0, prev, seq, lines, tip: last, branch: 'main' }
  }

  addition(after: number, ...texts: string[]): Addition {
    return { after, commit: this.commit(...texts) }
  }

  /** Goes on after a commit that was made. */
  grow({ seq, lines, tip }: Commit): void {
    this.#tip = { seq: seq + lines.length, prev: tip }
  }
}

function hashIn(line: string): string {
  const entry = parseJson(line)
  return typeof entry === 'object' && entry && 'hash' in entry ? String(entry.hash) : ''
}
