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
import { tasksWithoutCode } from './missing-code.ts'
import { eventFields, leaseFields, readEvents, readPlan } from './context-fields.ts'
import type { Context } from './context.ts'

/** How a context is loaded. */
interface Loading {
  /** Whether to first write ledger lines that a crash left out. */
  finishes?: boolean
  /** Where the leases and the ledger are; default: the store of the settings. */
  from?: CloneCoordinator
  /** Whether the state that this clone has is enough if a shared store cannot be reached. */
  mayBeOld?: boolean
  /** Set if the store has just been unreachable, so that it is not tried again. */
  unreachable?: StoreUnreachable | undefined
}

/** Reads settings, plan, ledger and leases. Writes nothing, except ledger lines that a shared store has and this clone has not. */
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

/** Same as `loadContext`, from the files of this clone alone, because they have to prove everything without the shared store. */
export function loadFiles(call: Call): Promise<Context> {
  return loadFrom(call, { from: filesCoordinator(callWorkspace(call).state) })
}

/** The context without tasks that clones work on, or finished, on other branches: their code and their snapshots need not be here. */
export function withLocalCodeOnly(context: Context): Context {
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
  // The plan is read after the ledger, so that a task that is done there has its mark. Reading a shared store takes time, so the cached
  // names may be outdated then.
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
  latestContexts.set(call, context)
  return context
}

/** The last context of each call in progress. */
const latestContexts = new WeakMap<Call, Context>()

/** The last context that a call has loaded; `undefined` if there is none. */
export function latestOf(call: Call): Context | undefined {
  return latestContexts.get(call)
}
