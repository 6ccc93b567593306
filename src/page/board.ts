import path from 'node:path'
import { rememberingReader } from '../dialects/remembering-reader.ts'
import { featureKey } from '../dialects/feature-ids.ts'
import { SETTINGS_FILE } from '../plan/settings-file.ts'
import { fileStamps } from '../store/file-stamps.ts'
import { StoreUnreachable } from '../store/coordinator/coordinator.ts'
import { featureInKey, type LeaseTable } from '../store/leases/lease-table.ts'
import { featuresRecorded } from '../store/ledger.ts'
import { readSettings } from '../store/settings.ts'
import { readTables } from '../store/workflow-database.ts'
import { workspaceReader } from '../store/workspace-reader.ts'
import { channelState } from '../workflow/approval/remote-channels.ts'
import type { Call } from '../workflow/context/call.ts'
import { chooseFeature, featureNames } from '../workflow/context/choose-feature.ts'
import { callWorkspace } from '../workflow/context/call-workspace.ts'
import { callCoordinator } from '../workflow/context/latest-context.ts'
import { loadContext } from '../workflow/context/load-context.ts'
import { mapErrors } from '../workflow/context/error-mapping.ts'
import { ownFiles } from '../workflow/context/feature-files.ts'
import { FollowedStores } from '../workflow/context/followed-stores.ts'
import { Refusal } from '../workflow/context/refusal.ts'
import { pageCall, type PageWorkspace } from './page-call.ts'
import { runViews } from './run-views.ts'
import type { FeatureSummary, PageChannel, WorkspaceView } from './wire.ts'
import { NOTHING, summaryOf } from './feature-summary.ts'

/** A summary, with what it was made from. */
interface Known {
  summary: FeatureSummary
  files: string[]
  stamp: string
}

/** What the pages of this process show about a workspace at first. Keeps the summary of each feature until one of its files changes. */
export class WorkspaceBoard {
  readonly #workspace: PageWorkspace
  readonly #known = new Map<string, Known>()
  readonly #followed = new FollowedStores()
  #isFollowed = false
  #channel: { stamp: string; state: PageChannel } | undefined

  constructor(workspace: PageWorkspace) {
    this.#workspace = workspace
  }

  /** The files whose change can change the view, as far as they are known. */
  get files(): string[] {
    return [...this.#known.values()].flatMap(({ files }) => files)
  }

  /** While a page is open, its store reports changes. */
  follow(isFollowed: boolean): void {
    this.#isFollowed = isFollowed
    if (!isFollowed) this.#followed.end()
  }

  async view(signal: AbortSignal): Promise<WorkspaceView> {
    const { name, root } = this.#workspace
    const empty = { name, root, channel: 'unnamed' as const, features: [], runs: [] }
    try {
      const call = pageCall({ workspace: this.#workspace }, signal)
      const { table, unreachable } = await mapErrors(call, () => this.#leases(call))
      const known = await this.#features(call, table, unreachable)
      const active = await activeKey(call)
      return {
        ...empty,
        channel: await mapErrors(call, async () => this.#channelNow(call)),
        problem: null,
        features: known.map(({ summary }) => ({ ...summary, isActive: summary.key === active })),
        runs: runViews(callWorkspace(call).state, table),
      }
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      return { ...empty, problem: error.message }
    }
  }

  /** Whether the view has a feature with this key. */
  async lists(key: string, signal: AbortSignal): Promise<boolean> {
    if (this.#known.has(key)) return true
    const call = pageCall({ workspace: this.#workspace }, signal)
    return mapErrors(call, async () => (await keysIn(call)).includes(key))
  }

  /** Who holds what; nobody, if a shared store cannot be reached. */
  async #leases(call: Call): Promise<{ table: LeaseTable; unreachable?: StoreUnreachable }> {
    try {
      const coordinator = await callCoordinator(call)
      if (this.#isFollowed) this.#followed.add(coordinator)
      return { table: await coordinator.leases() }
    } catch (error) {
      if (!(error instanceof StoreUnreachable)) throw error
      return { table: { number: 0, leases: {} }, unreachable: error }
    }
  }

  /** A store that cannot be reached is waited for once, and not again for each feature. */
  async #features(
    call: Call,
    { leases }: LeaseTable,
    unreachable: StoreUnreachable | undefined,
  ): Promise<Known[]> {
    const keys = await mapErrors(call, () => keysIn(call))
    for (const key of this.#known.keys()) if (!keys.includes(key)) this.#known.delete(key)
    const held = new Set(Object.keys(leases).map(featureInKey))
    const all: Known[] = []
    for (const key of keys) {
      const known = await this.#feature(call, key, held.has(key), unreachable)
      if (known) all.push(known)
    }
    return all
  }

  async #feature(
    call: Call,
    key: string,
    isHeld: boolean,
    unreachable: StoreUnreachable | undefined,
  ): Promise<Known | undefined> {
    const known = this.#known.get(key)
    // A lease begins, ends and expires without a change of the feature's own files.
    const isCurrent = !isHeld && known?.summary.working.length === 0
    if (known && isCurrent && fileStamps(known.files) === known.stamp) return known
    const current = await summarize({ ...call, feature: key }, key, unreachable)
    if (current) this.#known.set(key, current)
    else this.#known.delete(key)
    return current
  }

  /** The settings and the events of every feature decide. */
  #channelNow(call: Call): PageChannel {
    const { workspace, state } = callWorkspace(call)
    const files = [path.join(workspace.root, SETTINGS_FILE), path.join(state.folder, 'ledger')]
    const stamp = fileStamps(files)
    if (this.#channel?.stamp !== stamp) {
      const settings = readSettings(workspace)
      this.#channel = { stamp, state: channelState({ settings, state }, 'page') }
    }
    return this.#channel.state
  }
}

/** The features that have a plan, and those that only the ledger knows, such as a plan that was named by its file. */
async function keysIn(call: Call): Promise<string[]> {
  const { workspace, state } = callWorkspace(call)
  const reader = workspaceReader(workspace, await readTables(workspace))
  return [...new Set([...featureNames(reader), ...featuresRecorded(state)])]
}

/** `undefined` if there is none, or several could be meant. */
async function activeKey(call: Call): Promise<string | undefined> {
  try {
    const { workspace, state } = callWorkspace(call)
    const reader = workspaceReader(workspace, await readTables(workspace))
    return await mapErrors(call, () => {
      const { candidate } = chooseFeature(
        rememberingReader(reader),
        readSettings(workspace),
        call,
        state,
      )
      return Promise.resolve(featureKey(candidate))
    })
  } catch (error) {
    if (error instanceof Refusal) return undefined
    throw error
  }
}

async function summarize(
  call: Call,
  key: string,
  unreachable: StoreUnreachable | undefined,
): Promise<Known | undefined> {
  try {
    const context = await mapErrors(call, () => loadContext(call, { unreachable }))
    const files = ownFiles(context)
    // Taken before the summary: a change meanwhile is seen next time.
    const stamp = fileStamps(files)
    const summary = summaryOf(context)
    return { summary, files, stamp }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    // The settings name another dialect, or its plan is on another branch.
    if (error.code === 'no_feature') return undefined
    const summary = { ...NOTHING, key, id: key, title: key, problem: error.message }
    // Its files are not known, so it is read each time.
    return { summary, files: [], stamp: 'unknown' }
  }
}
