import os from 'node:os'
import path from 'node:path'
import { GENESIS } from '../../evidence/chain.ts'
import { linesOf, readChain, type Chain } from '../chain-file.ts'
import { ledgerFolder } from '../ledger-folder.ts'
import { chainFiles } from '../ledger.ts'
import type { LeaseTable } from '../leases/lease-table.ts'
import { withLock } from '../lock.ts'
import type { State } from '../state.ts'
import type { Commit } from '../transaction/commit-schema.ts'
import { Overtaken } from '../transaction/sequence.ts'
import { attachedTo } from './attached-files.ts'
import type { CloneCoordinator } from './clone-coordinator.ts'
import {
  StoreUnreachable,
  type Added,
  type Addition,
  type Change,
  type Coordinator,
  type LeaseChange,
} from './coordinator.ts'
import { commitHere, hasLine, writeCommits, type LedgerPlace } from './write-commits.ts'

/** What a clone has of a shared store. */
export interface ReplicaOptions {
  state: State
  /** The id of the clone in lines. */
  clone: string
  /** The host of its processes in leases. */
  host: string
  /** The store and the project, for humans. */
  label: string
}

/** The last line of each chain of a feature, by file, as the store has them, and the version of the feature. */
interface Known {
  version: number
  tips: Map<string, { hash: string; seq: number }>
}

/**
 * A shared store, with the ledger of this clone. The store decides first; then the same lines are written here, so that the repository can be
 * verified without the store. What a crash left unwritten here is written when the ledger is brought up to date.
 */
export class Replica implements CloneCoordinator {
  #remote: Coordinator
  readonly #options: ReplicaOptions
  readonly #known: Map<string, Known>
  #isFollowing = false

  constructor(remote: Coordinator, options: ReplicaOptions, known = new Map<string, Known>()) {
    this.#remote = remote
    this.#options = options
    this.#known = known
  }

  get project() {
    return this.#remote.project
  }

  get label() {
    return this.#options.label
  }

  get clone() {
    return this.#options.clone
  }

  clocks() {
    return this.#remote.clocks()
  }

  async leases(): Promise<LeaseTable> {
    return this.#readable(await this.#remote.leases())
  }

  async changeLeases({ table, leases, ...change }: LeaseChange): Promise<LeaseTable> {
    const [before, next] = [this.#writable(table), this.#writable({ ...table, leases })]
    const changed = { ...change, table: before, leases: next.leases }
    return this.#readable(await this.#remote.changeLeases(changed))
  }

  async append(feature: string, addition: Addition): Promise<number> {
    const { state } = this.#options
    const { commit } = addition
    const attached = attachedTo(state, feature, commit.lines)
    const version = await this.#remote
      .append(feature, { ...addition, attached })
      .catch((error: unknown) => {
        if (error instanceof StoreUnreachable) error.isUncertain = true
        throw error
      })
    this.#note(feature, version, commit)
    commitHere(this.#place(feature), commit)
    return version
  }

  readSince(feature: string, version: number): Promise<Added> {
    return this.#remote.readSince(feature, version)
  }

  features(): Promise<string[]> {
    return this.#remote.features()
  }

  withTurn<T>(work: (inTurn: CloneCoordinator) => Promise<T>): Promise<T> {
    const { state } = this.#options
    return withLock(state, () =>
      this.#remote.withTurn(async remote => {
        const inTurn = new Replica(remote, this.#options, this.#known)
        try {
          return await work(inTurn)
        } finally {
          // What was read in the turn goes on to be used after it.
          inTurn.#remote = this.#remote
        }
      }),
    )
  }

  versionHere(feature: string): number {
    return this.#known.get(feature)?.version ?? 0
  }

  async bringUpToDate(feature: string): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        await this.#read(feature)
        await this.#shareOlder(feature)
        return
      } catch (error) {
        if (!(error instanceof Overtaken) || attempt === MAX_ATTEMPTS) throw error
      }
    }
  }

  async #read(feature: string): Promise<void> {
    const known = this.#stillHere(feature)
    const { version, commits } = await this.#remote.readSince(feature, known?.version ?? 0)
    writeCommits(this.#place(feature), commits)
    const tips = known?.tips ?? new Map()
    for (const commit of commits) tips.set(commit.file, tipOf(commit))
    this.#known.set(feature, { version, tips })
  }

  /** Writes what other clones add into the ledger here, as soon as the store reports it. */
  follow(): void {
    if (this.#isFollowing) return
    this.#isFollowing = true
    // If the store cannot be reached, the next step says so.
    const onChange = ({ features }: Change) => {
      for (const feature of features) this.bringUpToDate(feature).catch(() => undefined)
    }
    this.#remote.watch?.(onChange)
  }

  close(): Promise<void> {
    return this.#remote.close()
  }

  /** What is known of a feature, if the files here still have it: a branch with an older ledger may have been checked out. */
  #stillHere(feature: string): Known | undefined {
    const known = this.#known.get(feature)
    const { state } = this.#options
    const isHere = [...(known?.tips ?? [])].every(([file, { hash }]) =>
      hasLine(readChain(path.join(ledgerFolder(state, feature), file)), hash),
    )
    return isHere ? known : undefined
  }

  /** Gives the store the lines that this clone recorded before it was shared. */
  async #shareOlder(feature: string): Promise<void> {
    const { state } = this.#options
    for (const file of chainFiles(state, feature)) {
      const commit = this.#missingIn(feature, readChain(file))
      if (!commit) continue
      const attached = attachedTo(state, feature, commit.lines)
      const addition = { after: this.versionHere(feature), commit, attached }
      this.#note(feature, await this.#remote.append(feature, addition), commit)
    }
  }

  /** The lines of a chain that the store does not have. One that forked is only here. */
  #missingIn(feature: string, chain: Chain): Commit | undefined {
    const file = path.basename(chain.file)
    const { hash: prev, seq } = this.#known.get(feature)?.tips.get(file) ?? START
    if (chain.damage.length > 0 || chain.isForked || chain.tip.seq <= seq) return undefined
    const lines = linesOf(chain).slice(seq)
    const place = { format: 1 as const, file, offset: 0, branch: '' }
    return lines.length > 0 ? { ...place, prev, seq, lines, tip: chain.tip.hash } : undefined
  }

  #note(feature: string, version: number, commit: Commit): void {
    const known = this.#known.get(feature) ?? { version, tips: new Map() }
    known.version = version
    known.tips.set(commit.file, tipOf(commit))
    this.#known.set(feature, known)
  }

  #place(feature: string): LedgerPlace {
    return { ...this.#options, feature }
  }

  #writable(table: LeaseTable): LeaseTable {
    return withHosts(table, host => (host === os.hostname() ? this.#options.host : host))
  }

  #readable(table: LeaseTable): LeaseTable {
    return withHosts(table, host => (host === this.#options.host ? os.hostname() : host))
  }
}

/** Each time, another clone added something. */
const MAX_ATTEMPTS = 100

const START = { hash: GENESIS, seq: 0 }

function tipOf({ tip, seq, lines }: Pick<Commit, 'tip' | 'seq' | 'lines'>) {
  return { hash: tip, seq: seq + lines.length }
}

function withHosts({ number, leases }: LeaseTable, hostFor: (host: string) => string): LeaseTable {
  const entries = Object.entries(leases).map(([key, lease]) => {
    const host = hostFor(lease.holder.host)
    return [
      key,
      host === lease.holder.host ? lease : { ...lease, holder: { ...lease.holder, host } },
    ] as const
  })
  return { number, leases: Object.fromEntries(entries) }
}
