import { ledgerFolder } from '../ledger-folder.ts'
import type { LeaseTable } from '../leases/lease-table.ts'
import { withLock } from '../lock.ts'
import type { State } from '../state.ts'
import type { Commit } from '../transaction/commit-schema.ts'
import { Overtaken } from '../transaction/sequence.ts'
import { attachedTo } from './attached-files.ts'
import type { CloneCoordinator, Following } from './clone-coordinator.ts'
import { attachedName, keepNames } from './clone-names.ts'
import {
  StoreUnreachable,
  type Added,
  type Addition,
  type Change,
  type Coordinator,
  type LeaseChange,
} from './coordinator.ts'
import { KnownFeatures } from './known-features.ts'
import { addedSince } from './added-since.ts'
import { isHere, stillHere } from './known-lines.ts'
import { unsharedCommit } from './unshared-lines.ts'
import { SharedWatch } from './shared-watch.ts'
import { forgetMarks, noteMarks } from './unwritten-marks.ts'
import { commitHere, writeCommits, type LedgerPlace } from './write-commits.ts'

/** What a clone has of a shared store. */
export interface ReplicaOptions {
  state: State
  /** The id of the clone in lines. */
  clone: string
  /** The store and the project, for humans. */
  label: string
}

/**
 * A shared store, with the ledger of this clone. The store decides first; then the same lines are written here, so that the repository can
 * be verified without the store. What a crash left unwritten here is written when the ledger is brought up to date.
 */
export class Replica implements CloneCoordinator {
  #remote: Coordinator
  readonly #options: ReplicaOptions
  readonly #known: KnownFeatures
  readonly #watch = new SharedWatch(() => this.#remote.watch?.(this.#onChange))
  #isInTurn = false
  #mayHaveAdded = false

  constructor(remote: Coordinator, options: ReplicaOptions, known = new KnownFeatures()) {
    this.#remote = remote
    this.#options = options
    this.#known = known
  }

  get project() {
    return this.#remote.project
  }

  get decidesTogether() {
    return this.#isInTurn && (this.#remote.decidesTogether ?? false)
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

  leases(): Promise<LeaseTable> {
    return this.#remote.leases()
  }

  changeLeases(change: LeaseChange): Promise<LeaseTable> {
    return this.#remote.changeLeases(change)
  }

  async append(feature: string, addition: Addition): Promise<number> {
    const { state } = this.#options
    const { commit } = addition
    const attached = this.#attachedTo(feature, commit)
    if (commit.marks !== undefined) noteMarks(state, feature, commit.tip)
    // From here on the store may have the lines, whatever happens to its answer.
    this.#mayHaveAdded = true
    const version = await this.#remote
      .append(feature, { ...addition, attached })
      .catch((error: unknown) => {
        if (error instanceof Overtaken) forgetMarks(state, feature, commit.tip)
        throw error
      })
    this.#known.note(feature, version, commit)
    commitHere(this.#place(feature), commit)
    if (commit.marks !== undefined) forgetMarks(state, feature, commit.tip)
    return version
  }

  readSince(feature: string, version: number): Promise<Added> {
    return this.#remote.readSince(feature, version)
  }

  features(): Promise<string[]> {
    return this.#remote.features()
  }

  withTurn<T>(work: (inTurn: CloneCoordinator) => Promise<T>): Promise<T> {
    return withLock(this.#options.state, () =>
      this.#remote.withTurn(async remote => {
        const inTurn = new Replica(remote, this.#options, this.#known)
        inTurn.#isInTurn = true
        try {
          return await work(inTurn)
        } catch (error) {
          if (error instanceof StoreUnreachable) error.isUncertain = inTurn.#mayHaveAdded
          throw error
        } finally {
          // What was read in the turn goes on to be used after it.
          inTurn.#remote = this.#remote
          inTurn.#isInTurn = false
        }
      }),
    )
  }

  async settle(): Promise<void> {
    await this.#remote.settle?.()
  }

  versionHere(feature: string): number {
    return this.#known.version(feature)
  }

  async bringUpToDate(feature: string): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        await this.#read(feature)
        // Lines are added only if the call decides something, so that reading another person's branch changes nothing.
        if (this.#isInTurn) await this.#shareOlder(feature)
        return
      } catch (error) {
        if (!(error instanceof Overtaken) || attempt === MAX_ATTEMPTS) throw error
      }
    }
  }

  async #read(feature: string): Promise<void> {
    const { state } = this.#options
    const folder = ledgerFolder(state, feature)
    const known = stillHere(this.#known.get(feature), folder)
    const { version, commits, from } = await addedSince(this.#remote, feature, known)
    keepNames(state, this.clone, commits)
    const news = commits.filter(commit => !isHere(commit, folder))
    const write = () => {
      writeCommits(this.#place(feature), news)
      const added = commits.filter(commit => isHere(commit, folder))
      this.#known.learn(feature, { version, last: commits.at(-1) }, { from, added })
    }
    // In a turn, the lock is held already.
    if (this.#isInTurn || news.length === 0) write()
    else await withLock(state, write)
  }

  /** Writes what other clones add into the ledger here, as soon as the store reports it. */
  follow(): Following {
    return this.#watch.follow()
  }

  close(): Promise<void> {
    this.#watch.end()
    return this.#remote.close()
  }

  // If the store cannot be reached, the next step says so.
  readonly #onChange = ({ features }: Change) => {
    for (const feature of features) this.bringUpToDate(feature).catch(() => undefined)
  }

  /** Gives the store the lines from before it was shared. */
  async #shareOlder(feature: string): Promise<void> {
    const commit = unsharedCommit(this.#options.state, feature, this.#known.get(feature))
    if (!commit) return
    const after = this.versionHere(feature)
    const addition = { after, commit, attached: this.#attachedTo(feature, commit) }
    this.#known.note(feature, await this.#remote.append(feature, addition), commit)
  }

  #attachedTo(feature: string, { lines }: Commit): Record<string, string> {
    const { state, clone } = this.#options
    return { ...attachedTo(state, feature, lines), ...attachedName(state, clone) }
  }

  #place(feature: string): LedgerPlace {
    return { ...this.#options, feature }
  }
}

/** Attempts before the call gives up because other clones were faster each time. */
const MAX_ATTEMPTS = 100
