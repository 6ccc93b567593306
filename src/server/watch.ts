import { resources } from '../resources/index.ts'
import { ledgerFolder } from '../store/ledger-folder.ts'
import { fileStamps } from '../store/file-stamps.ts'
import { Poll, type IsStopped } from '../store/poll.ts'
import { absolute } from '../store/workspace.ts'
import type { Context } from '../workflow/context/context.ts'
import { FollowedStores } from '../workflow/context/followed-stores.ts'
import type { ReadCall } from './resources.ts'

/** Checks after which the files of each resource are looked up again: another feature may have become active. */
const CHECKS_UNTIL_LOOKUP = 25

interface Watched {
  files: string[]
  stamp: string
}

/**
 * Announces resources whose files changed on disk, no matter which process changed them. It compares sizes and times,
 * because file-system events are unreliable with editors that save by renaming, in containers and on network drives.
 */
export class Watch {
  readonly #makeCall: ReadCall
  readonly #changed: (uri: string) => Promise<void>
  readonly #watched = new Map<string, Watched>()
  readonly #poll = new Poll(isStopped => this.#check(isStopped))
  readonly #followed = new FollowedStores()
  #checks = 0

  constructor(makeCall: ReadCall, changed: (uri: string) => Promise<void>) {
    this.#makeCall = makeCall
    this.#changed = changed
  }

  /** Starts to watch resources; their current content counts as known. */
  async add(uris: readonly string[]): Promise<void> {
    const { found, contexts } = await this.#filesOf(uris)
    for (const [uri, watched] of found) this.#watched.set(uri, watched)
    if (this.#watched.size === 0) return
    this.#poll.start()
    this.#follow(contexts)
  }

  /** Looks up the files of every resource again. */
  async #lookUp(isStopped: IsStopped): Promise<void> {
    const { found, contexts } = await this.#filesOf([...this.#watched.keys()])
    if (isStopped()) return
    this.#follow(contexts)
    for (const [uri, watched] of found) if (this.#watched.has(uri)) this.#watched.set(uri, watched)
  }

  /** Ledgers change with what other clones do. */
  #follow(contexts: readonly Context[]): void {
    for (const { coordinator } of contexts) this.#followed.add(coordinator)
  }

  async #filesOf(
    uris: readonly string[],
  ): Promise<{ found: Map<string, Watched>; contexts: Context[] }> {
    const found = new Map<string, Watched>()
    const contexts = new Map<string | undefined, Context | undefined>()
    // Waits only once for a store that cannot be reached.
    let unreachable: Context['storeProblem']
    for (const uri of uris) {
      const { feature, resource } = partsOf(uri)
      if (!contexts.has(feature)) {
        const loaded = await this.#load(feature, unreachable)
        unreachable ??= loaded?.storeProblem
        contexts.set(feature, loaded)
      }
      const files = filesOf(contexts.get(feature), resource)
      found.set(uri, { files, stamp: fileStamps(files) })
    }
    return { found, contexts: [...contexts.values()].flatMap(context => context ?? []) }
  }

  remove(uri: string): void {
    this.#watched.delete(uri)
    if (this.#watched.size === 0) this.stop()
  }

  /** Forgets all resources. */
  stop(): void {
    this.#poll.stop()
    this.#followed.end()
    this.#watched.clear()
  }

  async #check(isStopped: IsStopped): Promise<void> {
    const changed = [...this.#watched].filter(([, { files, stamp }]) => fileStamps(files) !== stamp)
    this.#checks += 1
    if (changed.length > 0 || this.#checks % CHECKS_UNTIL_LOOKUP === 0)
      await this.#lookUp(isStopped)
    // The client may have disconnected.
    for (const [uri] of changed) await this.#changed(uri).catch(() => undefined)
  }

  async #load(
    feature: string | undefined,
    unreachable: Context['storeProblem'],
  ): Promise<Context | undefined> {
    try {
      const { loadContext } = await import('../workflow/steps.ts')
      return await loadContext(await this.#makeCall(feature), { unreachable })
    } catch {
      // If a plan cannot be read, there is no state to announce.
      return undefined
    }
  }
}

function partsOf(uri: string): { feature: string | undefined; resource: string } {
  const [, feature = 'active', resource = ''] = /^redgreen:\/\/([^/]+)\/(.*)$/.exec(uri) ?? []
  return { feature: feature === 'active' ? undefined : decoded(feature), resource }
}

/** A client may send an invalid address. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** Files that a resource is read from: one document, or all documents and the ledger. */
function filesOf(context: Context | undefined, resource: string): string[] {
  const known = resources.find(({ path }) => path.split('/')[0] === resource.split('/')[0])
  if (!context || !known) return []
  const { plan, workspace, state, key } = context
  const own = plan.documents.find(({ name }) => name === known.name)
  if (own) return [absolute(workspace, own.path)]
  const documents = plan.documents.map(({ path }) => absolute(workspace, path))
  return [...documents, ledgerFolder(state, key)]
}
