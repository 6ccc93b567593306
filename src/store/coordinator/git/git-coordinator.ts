import { setTimeout as wait } from 'node:timers/promises'
import type { ClockReading } from '../../leases/expiry.ts'
import type { LeaseTable } from '../../leases/lease-table.ts'
import { Overtaken } from '../../transaction/sequence.ts'
import {
  StoreUnreachable,
  type Added,
  type Addition,
  type Coordinator,
  type LeaseChange,
  type SharedCommit,
} from '../coordinator.ts'
import { clocksWithMargin, writtenNow } from './clock-difference.ts'
import { OpenChanges } from './open-changes.ts'
import { additionPath, projectReference } from './reference-name.ts'
import { formatAddition, parseAddition } from './shared-commit.ts'
import { SharedReference } from './shared-reference.ts'
import {
  versionOf,
  withAddition,
  withLeases,
  type Revision,
  type SharedState,
} from './shared-state.ts'

/** Where a project's state is. */
export interface GitOptions {
  /** Absolute path of a folder in the clone. */
  root: string
  /** The remote's name in the clone's configuration, or its URL. */
  remote: string
  project: string
  /** How long one exchange with the remote may take. */
  limitMs?: number
}

/** A store in a reference of a git remote. The remote needs nothing but permission to push references. */
export function openGit({ root, remote, project, limitMs = 60_000 }: GitOptions): Coordinator {
  const reference = new SharedReference(
    { workspace: { root }, name: remote, limitMs },
    projectReference(project),
  )
  return new GitCoordinator(reference, [root, remote, project].join('\n'), false)
}

class GitCoordinator implements Coordinator {
  readonly project: string
  readonly #reference: SharedReference
  /** In a turn, the remote is asked once, because the remote checks each decision itself. */
  readonly #isInTurn: boolean
  #hasAsked = false
  readonly #open = new OpenChanges()
  #hasAppended = false

  constructor(reference: SharedReference, project: string, isInTurn: boolean) {
    this.#reference = reference
    this.project = project
    this.#isInTurn = isInTurn
  }

  get decidesTogether(): boolean {
    return this.#isInTurn && !this.#hasAppended
  }

  clocks(): ClockReading {
    return clocksWithMargin()
  }

  async leases(): Promise<LeaseTable> {
    const { state } = await this.#read()
    return tableOf(this.#open.on(state))
  }

  async changeLeases(change: LeaseChange): Promise<LeaseTable> {
    if (this.decidesTogether) {
      const { state } = this.#reference.known ?? (await this.#read())
      return tableOf(this.#open.add(state, change))
    }
    const next = await this.#reference.inOrder(() =>
      this.#decide(state => withLeases(state, change)),
    )
    return tableOf(next)
  }

  async append(feature: string, addition: Addition): Promise<number> {
    const version = addition.after + 1
    const files = { [additionPath(feature, version)]: formatAddition(addition) }
    await this.#decideWithOpen(state => withAddition(state, feature, addition), files)
    this.#hasAppended = true
    return version
  }

  async readSince(feature: string, version: number): Promise<Added> {
    const revision = await this.#read()
    const last = versionOf(revision.state, feature)
    const paths = Array.from({ length: Math.max(0, last - version) }, (_, at) =>
      additionPath(feature, version + 1 + at),
    )
    const commits = await this.#reference.readFiles(revision, paths)
    return { version: last, commits: commits.map((json, at) => addition(json, paths[at])) }
  }

  async features(): Promise<string[]> {
    const { state } = await this.#read()
    return Object.keys(state.versions)
  }

  async withTurn<T>(work: (inTurn: Coordinator) => Promise<T>): Promise<T> {
    if (this.#isInTurn) return work(this)
    const turn = new GitCoordinator(this.#reference, this.project, true)
    const result = await work(turn)
    await turn.settle()
    return result
  }

  async settle(): Promise<void> {
    if (!this.#open.isSettled) await this.#decideWithOpen(state => state)
  }

  async close(): Promise<void> {}

  /** A decision, together with the changes of leases before it: all of it takes effect, or nothing. */
  async #decideWithOpen(
    decide: (state: SharedState) => SharedState,
    files?: Readonly<Record<string, string>>,
  ): Promise<void> {
    const withOpen = this.#open.take()
    await this.#reference.inOrder(() => this.#decide(state => decide(withOpen(state)), files))
  }

  async #read(): Promise<Revision> {
    const { known } = this.#reference
    const hasAsked = (this.#isInTurn && this.#hasAsked) || this.#reference.hasJustAsked
    if (known && hasAsked) return known
    const revision = await this.#reference.refresh()
    this.#hasAsked = true
    return revision
  }

  /** Makes a decision take effect. If another server changes something else meanwhile, it is made again on the new state. */
  async #decide(
    decide: (state: SharedState) => SharedState,
    files: Readonly<Record<string, string>> = {},
  ): Promise<SharedState> {
    let base = this.#reference.known
    let isLatest = false
    for (let lost = 0; lost < MAX_LOST_RACES;) {
      if (!base) {
        base = await this.#reference.refresh()
        isLatest = true
      }
      const next = decided(base, decide, isLatest)
      if (next && (await this.#reference.push(base, next, files))) return next
      if (next) {
        lost += 1
        await wait(Math.random() * Math.min(MAX_PAUSE_MS, PAUSE_MS * 2 ** lost))
      }
      base = undefined
    }
    this.#hasAsked = false
    throw new Overtaken('Other servers changed the store all the time.')
  }
}

/** The next state; `undefined` if the decision is refused by a state that may be old. Throws `Overtaken`. */
function decided(
  { state }: Revision,
  decide: (state: SharedState) => SharedState,
  isLatest: boolean,
): SharedState | undefined {
  try {
    return { ...decide(state), written: writtenNow() }
  } catch (error) {
    if (isLatest || !(error instanceof Overtaken)) throw error
    return undefined
  }
}

function tableOf({ number, leases }: SharedState): LeaseTable {
  return { number, leases }
}

function addition(json: unknown, path = ''): SharedCommit {
  const commit = parseAddition(json)
  if (!commit) throw new StoreUnreachable(`${path} does not hold what redgreen writes`)
  return commit
}

/** After this many lost races, the caller decides again. */
const MAX_LOST_RACES = 20
const PAUSE_MS = 10
const MAX_PAUSE_MS = 1000
