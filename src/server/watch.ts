import { resources } from '../resources/index.ts'
import { ledgerFolder } from '../store/ledger-folder.ts'
import { stampsBelow } from '../store/stamps.ts'
import { absolute } from '../store/workspace.ts'
import { loadContext, type Context } from '../workflow/context/context.ts'
import type { ReadCall } from './resources.ts'

/** Looking often enough that a change is announced within a second. */
const EVERY_MS = 400

/** Which files a resource is made of is asked anew after so many looks: the active feature may be another one. */
const ANEW = 25

interface Watched {
  files: string[]
  stamp: string
}

/**
 * Tells which resources changed on disk, by whatever process. It looks at sizes and times of their files; file-system
 * events are not to be relied on over editors that save by renaming, containers and network drives.
 */
export class Watch {
  readonly #makeCall: ReadCall
  readonly #changed: (uri: string) => Promise<void>
  readonly #watched = new Map<string, Watched>()
  #timer: NodeJS.Timeout | undefined
  #looks = 0

  constructor(makeCall: ReadCall, changed: (uri: string) => Promise<void>) {
    this.#makeCall = makeCall
    this.#changed = changed
  }

  /** Starts to watch resources; what they are now counts as known. */
  async add(uris: readonly string[]): Promise<void> {
    const contexts = new Map<string | undefined, Context | undefined>()
    for (const uri of uris) {
      const { feature, resource } = partsOf(uri)
      if (!contexts.has(feature)) contexts.set(feature, await this.#look(feature))
      const files = filesOf(contexts.get(feature), resource)
      this.#watched.set(uri, { files, stamp: stampsBelow(files) })
    }
    if (this.#watched.size > 0) this.#timer ??= this.#later()
  }

  remove(uri: string): void {
    this.#watched.delete(uri)
    if (this.#watched.size === 0) this.stop()
  }

  stop(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
  }

  #later(): NodeJS.Timeout {
    return setTimeout(() => void this.#tick(), EVERY_MS).unref()
  }

  async #tick(): Promise<void> {
    const changed = [...this.#watched].filter(
      ([, { files, stamp }]) => stampsBelow(files) !== stamp,
    )
    this.#looks += 1
    if (changed.length > 0 || this.#looks % ANEW === 0) await this.add([...this.#watched.keys()])
    // A client that is gone needs no news; the timer goes with the connection.
    for (const [uri] of changed) await this.#changed(uri).catch(() => undefined)
    if (this.#timer) this.#timer = this.#later()
  }

  async #look(feature: string | undefined): Promise<Context | undefined> {
    try {
      return await loadContext(await this.#makeCall(feature))
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

/** What a resource is read from: a document, or all of them and the ledger. */
function filesOf(context: Context | undefined, resource: string): string[] {
  const known = resources.find(({ path }) => path.split('/')[0] === resource.split('/')[0])
  if (!context || !known) return []
  const { plan, workspace, state } = context
  const own = plan.documents.find(({ name }) => name === known.name)
  if (own) return [absolute(workspace, own.path)]
  const documents = plan.documents.map(({ path }) => absolute(workspace, path))
  return [...documents, ledgerFolder(state, plan.feature.id)]
}
