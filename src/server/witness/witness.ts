import type { KeyObject } from 'node:crypto'
import { HeardChains } from '../../evidence/witness/heard-chains.ts'
import { privateKeyOf, publicKeyText, signed } from '../../evidence/witness/signature.ts'
import type {
  JournalLine,
  Receipt,
  Statement,
  Submission,
} from '../../evidence/witness/statement.ts'
import { countOf } from '../../plan/format-list.ts'
import { WitnessJournal, witnessKey } from '../../store/witness-files.ts'

/** The witness keeps no more of a project; the message says so. */
export class ProjectFull extends Error {
  override name = 'ProjectFull'
}

/** Bytes of the journal for one project. A statement is hardly longer, and a client reads at most 64 MiB of an answer. */
const MAX_BYTES = 32 * 1024 * 1024

/** What one witness knows. It accepts an event only if it continues what it has heard of a chain. */
export class Witness {
  readonly publicKey: string
  readonly isNew: boolean
  readonly #key: KeyObject
  readonly #journal: WitnessJournal
  readonly #chains: HeardChains
  readonly #most: number
  /** Bytes of the journal, by project. */
  readonly #sizes = new Map<string, number>()

  /** Opens the files in the folder, or creates them. Throws `BadJournal`. */
  constructor(folder: string, mostBytes = MAX_BYTES) {
    this.#most = mostBytes
    const { text, isNew } = witnessKey(folder)
    this.#key = privateKeyOf(text)
    this.publicKey = publicKeyText(this.#key)
    this.isNew = isNew
    this.#journal = new WitnessJournal(folder)
    this.#chains = new HeardChains(this.#journal.lines)
    for (const line of this.#journal.lines) this.#count([line])
  }

  /** Keeps what is new, durably, before it answers: all of a submission or nothing. Throws `ProjectFull`. */
  hear({ project, feature, parts }: Submission): Receipt {
    const heard = new Date().toISOString()
    const refused: string[] = []
    const lines: JournalLine[] = []
    for (const { clone, branch, ...part } of parts) {
      const added = this.#chains.newIn({ project, feature }, part)
      if (!added) refused.push(part.chain)
      if (!added || added.hashes.length === 0) continue
      const line: JournalLine = { project, feature, ...added, heard, clone, branch }
      // The next part may continue this one.
      this.#chains.add(line)
      lines.push(line)
    }
    if (lines.length > 0) this.#keep(project, lines)
    return this.heads({ project, feature }, refused)
  }

  #keep(project: string, lines: readonly JournalLine[]): void {
    try {
      if ((this.#sizes.get(project) ?? 0) + bytesOf(lines) > this.#most)
        throw new ProjectFull(
          `The witness keeps at most ${countOf(this.#most, 'byte')} about a project, and ${project} has reached that. Nothing was kept. Name another project in the address: ?project=NAME.`,
        )
      this.#journal.append(lines)
    } catch (error) {
      for (const line of lines.toReversed()) this.#chains.undo(line)
      throw error
    }
    this.#count(lines)
  }

  #count(lines: readonly JournalLine[]): void {
    for (const line of lines)
      this.#sizes.set(line.project, (this.#sizes.get(line.project) ?? 0) + bytesOf([line]))
  }

  /** The signed heads of a feature. */
  heads(place: Pick<Submission, 'project' | 'feature'>, refused: string[] = []): Receipt {
    const at = new Date().toISOString()
    const body = { format: 1 as const, ...place, at, heads: this.#chains.heads(place), refused }
    return signed(body, this.#key)
  }

  /** Everything that was heard of a project, signed. */
  statement(project: string): Statement {
    const at = new Date().toISOString()
    const body = { format: 1 as const, project, at, chains: this.#chains.chainsOf(project) }
    return signed(body, this.#key)
  }

  close(): void {
    this.#journal.close()
  }
}

function bytesOf(lines: readonly JournalLine[]): number {
  return lines.reduce((sum, line) => sum + Buffer.byteLength(JSON.stringify(line)) + 1, 0)
}
