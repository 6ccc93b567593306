import { sealLine, sha256 } from '../../../src/evidence/chain.ts'
import type { Addition, Coordinator } from '../../../src/store/coordinator/coordinator.ts'
import { isExpired, startLease } from '../../../src/store/leases/expiry.ts'
import { createHolder, type Holder } from '../../../src/store/leases/holder.ts'
import {
  leaseKey,
  type LeaseEntry,
  type LeaseTable,
} from '../../../src/store/leases/lease-table.ts'
import type { Commit } from '../../../src/store/transaction/commit-schema.ts'
import { View } from './view.ts'

/** The feature that most checks work on. */
export const FEATURE = 'f'

interface Lines {
  feature?: string
  /** One line for each. */
  tasks: readonly string[]
  /** Recorded in each line. */
  by?: string
  marks?: string
}

/** A server with its own clone. It does on the contract what the workflow does, step by step. */
export class Client {
  readonly name: string
  readonly store: Coordinator
  readonly holder: Holder
  /** Its chain. */
  readonly file: string
  readonly #views = new Map<string, View>()

  constructor(name: string, store: Coordinator) {
    this.name = name
    this.store = store
    this.holder = createHolder(name, name, process.pid)
    this.file = `${sha256(name).slice(0, 10)}.jsonl`
  }

  /** Reads what is new in the feature. */
  async see(feature = FEATURE): Promise<View> {
    const view = this.view(feature)
    view.add(await this.store.readSince(feature, view.version))
    return view
  }

  /** What it read so far. */
  view(feature = FEATURE): View {
    const view = this.#views.get(feature) ?? new View(feature)
    this.#views.set(feature, view)
    return view
  }

  /** Lines for the end of its own chain, as it last read it. */
  commit({ feature = FEATURE, tasks, by = this.name, marks }: Lines): Commit {
    const { offset, prev, seq } = this.view(feature).end(this.file)
    const lines: string[] = []
    let tip = prev
    for (const [at, task] of tasks.entries()) {
      const body = { kind: 'resumed', task, feature, at: '2026-01-01T00:00:00.000Z', by }
      const line = sealLine(body, { seq: seq + at + 1, prev: tip })
      lines.push(line)
      tip = String(JSON.parse(line).hash)
    }
    const place = { format: 1, file: this.file, offset, prev, seq, branch: '' } as const
    return { ...place, lines, tip, ...(marks !== undefined && { marks }) }
  }

  /** A decision that is based on what the client last read. */
  decision(what: Lines, fenced?: { task: string; table: LeaseTable }): Addition {
    const { feature = FEATURE } = what
    const fence = fenced && { feature, by: this.holder, ...fenced }
    const commit = this.commit(what)
    return { after: this.view(feature).version, commit, ...(fence && { fence }) }
  }

  /** Reads, and adds lines that no lease protects. */
  async add(what: Lines): Promise<number> {
    const { feature = FEATURE } = what
    await this.see(feature)
    return this.store.append(feature, this.decision(what))
  }

  /** Whether another client holds the task now. */
  isTaken({ leases }: LeaseTable, task: string, feature = FEATURE): boolean {
    const { holder, released, ended, ...one } = leases[leaseKey(feature, task)] ?? {}
    const lease = { until: '', ...one }
    if (!holder || holder.id === this.holder.id || released || ended) return false
    return !isExpired(lease, this.store.clocks())
  }

  /** Takes a task in the leases that were read, also from another holder. */
  async takeIn(table: LeaseTable, task: string, more: Partial<LeaseEntry> = {}) {
    const key = leaseKey(FEATURE, task)
    const now = this.store.clocks()
    const token = table.number + 1
    const base = { holder: this.holder, since: now.wall.toISOString(), token, files: [] }
    const entry = { ...base, ...startLease(30, now), ...more }
    return this.store.changeLeases({
      table,
      leases: { ...table.leases, [key]: entry },
      taken: { feature: FEATURE, task, by: entry.holder },
    })
  }

  /** Takes a task in the current leases. */
  async take(task: string, more: Partial<LeaseEntry> = {}): Promise<LeaseTable> {
    return this.takeIn(await this.store.leases(), task, more)
  }

  /** Removes the lease on a task, as its holder does. */
  async release(task: string): Promise<LeaseTable> {
    const table = await this.store.leases()
    const { [leaseKey(FEATURE, task)]: _, ...leases } = table.leases
    return this.store.changeLeases({ table, leases })
  }
}
