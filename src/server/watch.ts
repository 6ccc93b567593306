import { readdirSync, statSync } from 'node:fs'
import path from 'node:path'
import { hashOf } from '../evidence/chain.ts'
import { resources } from '../resources/index.ts'
import type { Call } from '../workflow/call.ts'
import { lookDesk } from '../workflow/desk.ts'
import { ledgerFolder } from '../store/ledger.ts'
import type { ReadCall } from './resources.ts'

/** Looking often enough that a change is announced within a second. */
const EVERY_MS = 400

/**
 * Tells which resources changed on disk, by whatever process. It looks at sizes and times; file-system events are not
 * to be relied on over editors that save by renaming, containers and network drives.
 */
export class Watch {
  readonly #makeCall: ReadCall
  readonly #changed: (uri: string) => Promise<void>
  readonly #uris = new Set<string>()
  readonly #seen = new Map<string, string>()
  #timer: NodeJS.Timeout | undefined

  constructor(makeCall: ReadCall, changed: (uri: string) => Promise<void>) {
    this.#makeCall = makeCall
    this.#changed = changed
  }

  /** Starts to watch a resource; what it is now counts as known. */
  async add(uri: string): Promise<void> {
    this.#uris.add(uri)
    const now = await this.#fingerprint(uri)
    if (now !== undefined) this.#seen.set(uri, now)
    this.#timer ??= setInterval(() => void this.#look(), EVERY_MS).unref()
  }

  remove(uri: string): void {
    this.#uris.delete(uri)
    this.#seen.delete(uri)
    if (this.#uris.size === 0) this.stop()
  }

  stop(): void {
    clearInterval(this.#timer)
    this.#timer = undefined
  }

  async #look(): Promise<void> {
    for (const uri of this.#uris) {
      const now = await this.#fingerprint(uri)
      if (now === undefined || this.#seen.get(uri) === now) continue
      this.#seen.set(uri, now)
      await this.#changed(uri).catch(() => undefined)
    }
  }

  async #fingerprint(uri: string): Promise<string | undefined> {
    const { feature, resource } = partsOf(uri)
    try {
      return await fingerprint(await this.#makeCall(feature), resource)
    } catch {
      // A plan that cannot be read at this moment has no state to announce.
      return undefined
    }
  }
}

function partsOf(uri: string): { feature: string | undefined; resource: string } {
  const [, feature = 'active', resource = ''] = /^redgreen:\/\/([^/]+)\/(.*)$/.exec(uri) ?? []
  return { feature: feature === 'active' ? undefined : decodeURIComponent(feature), resource }
}

/** Sizes and times of everything that a resource is read from. */
async function fingerprint(call: Call, resource: string): Promise<string | undefined> {
  const known = resources.find(({ path: place }) => place.split('/')[0] === resource.split('/')[0])
  if (!known) return undefined
  const { plan, workspace, state } = await lookDesk(call)
  const folder = ledgerFolder(state, plan.feature.id)
  const document = plan.documents.find(({ name }) => name === known.name)
  const files = document
    ? [path.join(workspace.root, document.path)]
    : [...plan.documents.map(one => path.join(workspace.root, one.path)), ...namesIn(folder)]
  return hashOf(files.map(stateOfFile))
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).map(name => path.join(folder, name))
  } catch {
    return []
  }
}

function stateOfFile(file: string): string {
  const stat = statSync(file, { throwIfNoEntry: false, bigint: true })
  return stat ? [stat.ino, stat.size, stat.mtimeNs].join(' ') : 'absent'
}
