import type {
  Added,
  Addition,
  Coordinator,
  LeaseChange,
  SharedCommit,
} from '../../../src/store/coordinator/coordinator.ts'
import { readClocks, type ClockReading } from '../../../src/store/leases/expiry.ts'
import { leaseKey, type LeaseTable } from '../../../src/store/leases/lease-table.ts'
import { Overtaken } from '../../../src/store/transaction/sequence.ts'
import type { SharedProject } from './shared-project.ts'

/**
 * The contract in its shortest form: all clients in one process, nothing on disk. It is the specification that can be executed, and the
 * fastest store for random orders: each call waits a random number of turns of the event loop before and after it takes effect.
 */
export class MemoryProject implements SharedProject {
  readonly #tables: LeaseTable[] = [{ number: 0, leases: {} }]
  readonly #commits = new Map<string, SharedCommit[]>()
  readonly #chance: () => number
  /** Additions so far; a store that is restored from an older copy has a clock that went on. */
  #count = 0
  readonly #start = performance.now()
  readonly #wall = Date.now()
  /** The end of the turn before. */
  #turn: Promise<unknown> = Promise.resolve()

  constructor(chance: () => number) {
    this.#chance = chance
  }

  async open(): Promise<Coordinator> {
    const coordinator: Coordinator = {
      project: 'memory',
      clocks: () => this.#clocks(),
      leases: () => this.#call(() => this.#table()),
      changeLeases: change => this.#call(() => this.#changeLeases(change)),
      append: (feature, addition) => this.#call(() => this.#append(feature, addition)),
      readSince: (feature, version) => this.#call(() => this.#readSince(feature, version)),
      features: () => this.#call(() => [...this.#commits.keys()]),
      withTurn: work => this.#withTurn(() => work(coordinator)),
      close: async () => {},
    }
    return coordinator
  }

  async remove(): Promise<void> {}

  /** As a database that was restored from an older copy. */
  loseAfter(feature: string, version: number): void {
    this.#commits.set(feature, this.#commits.get(feature)?.slice(0, version) ?? [])
  }

  async #call<T>(effect: () => T): Promise<T> {
    await this.#pause()
    // What a client gets and gives is its own copy, as over a network.
    const result = structuredClone(effect())
    await this.#pause()
    return result
  }

  async #pause(): Promise<void> {
    for (let left = Math.floor(this.#chance() * 6); left > 0; left -= 1) await Promise.resolve()
  }

  #clocks(): ClockReading {
    const elapsed = performance.now() - this.#start
    return { ...readClocks(), wall: new Date(this.#wall + elapsed), machine: undefined }
  }

  #table(): LeaseTable {
    return this.#tables.at(-1) ?? { number: 0, leases: {} }
  }

  #changeLeases({ table, leases }: LeaseChange): LeaseTable {
    if (table.number !== this.#table().number) throw new Overtaken('The leases changed.')
    const next = structuredClone({ number: table.number + 1, leases })
    this.#tables.push(next)
    return next
  }

  #append(feature: string, { after, commit, attached, fence }: Addition): number {
    const commits = this.#commits.get(feature) ?? []
    if (after !== commits.length) throw new Overtaken('The feature has later lines.')
    if (fence && this.#isTakenSince(fence)) throw new Overtaken('The task was taken.')
    const { format: _format, offset: _offset, branch: _branch, ...shared } = structuredClone(commit)
    this.#count += 1
    const added = String(this.#count)
    const whole = { ...shared, added, ...(attached && { attached }) }
    this.#commits.set(feature, [...commits, whole])
    return after + 1
  }

  #isTakenSince({ feature, task, by, table }: NonNullable<Addition['fence']>): boolean {
    const key = leaseKey(feature, task)
    const token = table.leases[key]?.token
    return this.#tables
      .slice(table.number + 1)
      .flatMap(({ leases }) => leases[key] ?? [])
      .filter(one => one.token !== token)
      .some(({ holder, releasedBy }) => holder.id !== by.id || releasedBy !== undefined)
  }

  #readSince(feature: string, version: number): Added {
    const commits = this.#commits.get(feature) ?? []
    return { version: commits.length, commits: commits.slice(version) }
  }

  async #withTurn<T>(work: () => Promise<T>): Promise<T> {
    const before = this.#turn
    const turn = (async () => {
      await before
      return work()
    })()
    this.#turn = turn.catch(() => undefined)
    return turn
  }
}
