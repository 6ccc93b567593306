import type { KeyObject } from 'node:crypto'
import { HeardChains } from '../../evidence/witness/heard-chains.ts'
import { privateKeyOf, publicKeyText, signed } from '../../evidence/witness/signature.ts'
import type {
  JournalLine,
  Receipt,
  Statement,
  Submission,
} from '../../evidence/witness/statement.ts'
import { WitnessJournal, witnessKey } from '../../store/witness-files.ts'

/** What one witness knows. It accepts an event only if it continues what it has heard of a chain. */
export class Witness {
  readonly publicKey: string
  readonly isNew: boolean
  readonly #key: KeyObject
  readonly #journal: WitnessJournal
  readonly #chains: HeardChains

  /** Opens the files in the folder, or creates them. Throws `BadJournal`. */
  constructor(folder: string) {
    const { text, isNew } = witnessKey(folder)
    this.#key = privateKeyOf(text)
    this.publicKey = publicKeyText(this.#key)
    this.isNew = isNew
    this.#journal = new WitnessJournal(folder)
    this.#chains = new HeardChains(this.#journal.lines)
  }

  /** Keeps what is new, durably, before it answers. */
  hear({ project, feature, parts }: Submission): Receipt {
    const heard = new Date().toISOString()
    const refused: string[] = []
    for (const { clone, branch, ...part } of parts) {
      const added = this.#chains.newIn({ project, feature }, part)
      if (!added) refused.push(part.chain)
      if (!added || added.hashes.length === 0) continue
      const line: JournalLine = { project, feature, ...added, heard, clone, branch }
      this.#journal.append([line])
      this.#chains.add(line)
    }
    return this.heads({ project, feature }, refused)
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
