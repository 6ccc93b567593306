import { featureKey } from '../../dialects/feature-ids.ts'
import type { CloneCoordinator } from '../../store/coordinator/clone-coordinator.ts'
import { StoreUnreachable } from '../../store/coordinator/coordinator.ts'
import { coordinatorFor } from '../../store/coordinator/coordinator-for.ts'
import { filesCoordinator } from '../../store/coordinator/files.ts'
import { noteOffline, noteReached } from '../../store/coordinator/offline-note.ts'
import { offlineCoordinator } from '../../store/coordinator/offline.ts'
import { callWorkspace, workspaceOf } from './call-workspace.ts'
import type { Call } from './call.ts'
import { findFeature, takeChosen } from './chosen-feature.ts'
import { tasksWithoutCode } from './code-here.ts'
import { eventFields, leaseFields, readEvents, readPlan } from './context-fields.ts'
import type { Context } from './context.ts'

/** How a context is loaded. */
interface Loading {
  /** First writes what a crash left out of the ledger. */
  finishes?: boolean
  /** Where the leases and the ledger are; default: the store of the settings. */
  from?: CloneCoordinator
  /** If a shared store cannot be reached, what this clone has is enough. */
  mayBeOld?: boolean
  /** The store could not be reached just now, so it is not tried again. */
  unreachable?: StoreUnreachable | undefined
}

/** Reads settings, plan, ledger and leases. Writes nothing of its own accord, except what a shared store has of the ledger. */
export async function loadContext(call: Call, loading: Loading = {}): Promise<Context> {
  const { mayBeOld = true, unreachable } = loading
  if (unreachable) return loadOffline(call, loading, unreachable)
  try {
    const context = await loadFrom(call, loading)
    if (context.coordinator.clone !== undefined) noteReached(context.state)
    return context
  } catch (error) {
    if (!(error instanceof StoreUnreachable)) throw error
    if (mayBeOld) return loadOffline(call, loading, error)
    noteOffline(callWorkspace(call).state)
    throw error
  }
}

async function loadOffline(
  call: Call,
  loading: Loading,
  storeProblem: StoreUnreachable,
): Promise<Context> {
  const { state } = callWorkspace(call)
  const offlineSince = noteOffline(state)
  const from = offlineCoordinator(state, storeProblem)
  const context = await loadFrom(call, { ...loading, from })
  return { ...context, storeProblem, offlineSince }
}

/** As `loadContext`, from the files of this clone alone: they have to prove everything without the store that recorded it. */
export function loadFiles(call: Call): Promise<Context> {
  return loadFrom(call, { from: filesCoordinator(callWorkspace(call).state) })
}

/** The context without tasks that clones work on, or finished, on other branches: their code and their snapshots need not be here. */
export function withCodeHere(context: Context): Context {
  return { ...context, ...eventFields(context, context, context.ledger, { clone: NO_CLONE }) }
}

/** The result is the same in every clone. */
const NO_CLONE = null

async function loadFrom(call: Call, { finishes = false, from }: Loading): Promise<Context> {
  const chosen = takeChosen(call) ?? (await findFeature(call, workspaceOf(call)))
  const { workspace, state, settings, reader, moment, choice } = chosen
  const coordinator = from ?? (await coordinatorFor(workspace, state, settings))
  const key = featureKey(choice.candidate)
  await coordinator.bringUpToDate(key)
  const leaseTable = await coordinator.leases()
  const { clone } = coordinator
  const place = { workspace, state, coordinator, settings, reader, finishes, key, ...choice }
  const ledger = readEvents(place)
  // After the ledger: a task that it has as done is marked by then. If another clone had to be asked, names may have changed too.
  const plan = readPlan(place, ledger, clone === undefined ? moment : undefined)
  const source = {
    ...place,
    ...(clone !== undefined && {
      withoutCode: await tasksWithoutCode(workspace, plan.plan, ledger.events, clone),
    }),
  }
  const events = eventFields(source, plan, ledger)
  const leases = leaseFields({ ...source, ...events }, leaseTable)
  const context = { call, ...source, ...plan, ...events, ...leases }
  LATEST.set(call, context)
  return context
}

/** What the calls that are in progress have read last. */
const LATEST = new WeakMap<Call, Context>()

/** What a call has read last. */
export function latestOf(call: Call): Context | undefined {
  return LATEST.get(call)
}
