import type { Client } from 'pg'
import * as z from 'zod'
import { sha256 } from '../../../evidence/chain.ts'
import type { Change } from '../coordinator.ts'
import type { Project } from './project.ts'
import { parsed } from './rows.ts'

export interface Watch {
  /** Resolves when it has looked for the first time: changes from then on are reported. */
  ready: Promise<void>
  close(): void
}

/**
 * Reads a project's versions after each notification, and every `pollMs`, because some connection pools do not pass notifications on. A
 * lost connection is replaced at the next check.
 */
export function watchProject(
  place: Project,
  onChange: (change: Change) => void,
  pollMs = 5000,
): Watch {
  return new Watcher(place, onChange, pollMs)
}

class Watcher implements Watch {
  readonly #place: Project
  readonly #onChange: (change: Change) => void
  readonly #timer: NodeJS.Timeout
  readonly ready: Promise<void>
  #listener: Client | undefined
  #known: Versions | undefined
  #isLooking = false
  #isDue = false
  #isClosed = false

  constructor(place: Project, onChange: (change: Change) => void, pollMs: number) {
    this.#place = place
    this.#onChange = onChange
    this.#timer = setInterval(() => void this.#look(), pollMs).unref()
    this.ready = this.#look()
  }

  /** Compares the versions; once more if something was notified meanwhile. */
  async #look(): Promise<void> {
    this.#isDue = true
    if (this.#isLooking) return
    this.#isLooking = true
    while (this.#isDue && !this.#isClosed) {
      this.#isDue = false
      // If there is no answer, the next check finds what changed.
      await this.#listen().catch(() => {})
      await this.#compare().catch(() => {})
    }
    this.#isLooking = false
  }

  close(): void {
    this.#isClosed = true
    clearInterval(this.#timer)
    this.#drop(this.#listener)
  }

  async #compare(): Promise<void> {
    const versions = await readVersions(this.#place)
    const before = this.#known
    this.#known = versions
    if (!before || this.#isClosed) return
    const leases = versions.leases !== before.leases
    const features = [...versions.features].flatMap(([name, version]) =>
      before.features.get(name) === version ? [] : [name],
    )
    if (leases || features.length > 0) this.#onChange({ leases, features })
  }

  /** Listens before the versions are read, so that no change between them is missed. */
  async #listen(): Promise<void> {
    if (this.#listener) return
    const client = this.#place.database.newClient()
    this.#listener = client
    client.on('error', () => this.#drop(client))
    client.on('end', () => this.#drop(client))
    client.on('notification', ({ payload }) => {
      if (payload === this.#signal) void this.#look()
    })
    try {
      await client.connect()
      client.unref()
      await client.query('LISTEN redgreen')
    } catch {
      this.#drop(client)
    }
  }

  #drop(client: Client | undefined): void {
    if (client !== this.#listener || !client) return
    this.#listener = undefined
    client.unref()
    client.end().catch(() => {})
  }

  /** Every project of a database is notified on one channel. */
  get #signal(): string {
    return sha256(this.#place.name)
  }
}

interface Versions {
  leases: number
  features: Map<string, number>
}

async function readVersions({ name, database }: Project): Promise<Versions> {
  const rows = await database.read(
    `SELECT p.lease_number AS leases, f.name, f.version FROM redgreen.projects p
       LEFT JOIN redgreen.features f ON f.project = p.id WHERE p.name = $1`,
    [name],
  )
  const found = parsed(z.array(versionRow), rows)
  const features = found.flatMap(({ name, version }) =>
    name === null || version === null ? [] : [[name, version] as const],
  )
  return { leases: found[0]?.leases ?? 0, features: new Map(features) }
}

const versionRow = z.object({
  leases: z.number(),
  name: z.string().nullable(),
  version: z.number().nullable(),
})
