import { GENESIS } from '../chain.ts'
import type { Head, JournalLine, Part, Statement } from './statement.ts'

interface HeardChain {
  hashes: string[]
  lines: JournalLine[]
}

type Place = Pick<JournalLine, 'project' | 'feature'>

/** The chains that a witness has heard of. A chain only grows. */
export class HeardChains {
  readonly #chains = new Map<string, HeardChain>()

  constructor(lines: Iterable<JournalLine> = []) {
    for (const line of lines) this.add(line)
  }

  /**
   * The events of a part that are new; `undefined` if it does not continue what was heard: a fork, a rewrite, or a gap. What was heard
   * already may be sent again.
   */
  newIn(place: Place, { chain, first, prev, hashes }: Part): Part | undefined {
    const known = this.#chains.get(keyOf(place, chain))?.hashes ?? []
    const before = first === 1 ? GENESIS : known[first - 2]
    if (before !== prev) return undefined
    const repeated = known.slice(first - 1, first - 1 + hashes.length)
    if (repeated.some((hash, at) => hash !== hashes[at])) return undefined
    const added = hashes.slice(repeated.length)
    const last = known.at(-1) ?? GENESIS
    return {
      chain,
      first: first + repeated.length,
      prev: repeated.length > 0 ? last : prev,
      hashes: added,
    }
  }

  /** Adds what `newIn` returned, as it stands in the journal. */
  add(line: JournalLine): void {
    const key = keyOf(line, line.chain)
    const known = this.#chains.get(key) ?? { hashes: [], lines: [] }
    known.hashes.push(...line.hashes)
    known.lines.push(line)
    this.#chains.set(key, known)
  }

  /** Removes the line that was added last to its chain. */
  undo(line: JournalLine): void {
    const key = keyOf(line, line.chain)
    const known = this.#chains.get(key)
    if (!known) return
    known.hashes.length -= line.hashes.length
    known.lines.pop()
    if (known.lines.length === 0) this.#chains.delete(key)
  }

  /** The heads of a feature's chains. */
  heads({ project, feature }: Place): Head[] {
    return this.#of(project)
      .filter(({ line }) => line.feature === feature)
      .map(({ line, known: { hashes } }) => ({
        chain: line.chain,
        length: hashes.length,
        head: hashes.at(-1) ?? GENESIS,
      }))
  }

  /** Everything that was heard of a project. */
  chainsOf(project: string): Statement['chains'] {
    return this.#of(project).map(({ line: { feature, chain }, known: { lines } }) => ({
      feature,
      chain,
      heard: lines.map(({ project: _project, feature: _feature, ...heard }) => heard),
    }))
  }

  #of(project: string): { line: JournalLine; known: HeardChain }[] {
    return [...this.#chains.values()].flatMap(known => {
      const [line] = known.lines
      return line?.project === project ? [{ line, known }] : []
    })
  }
}

function keyOf({ project, feature }: Place, chain: string): string {
  return [project, feature, chain].join('\n')
}
