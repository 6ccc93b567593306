import { StoreUnreachable } from '../../store/coordinator/coordinator.ts'
import type { CloneCoordinator } from '../../store/coordinator/clone-coordinator.ts'
import { coordinatorFor } from '../../store/coordinator/coordinator-for.ts'
import { readSettings } from '../../store/settings.ts'
import { callWorkspace } from './call-workspace.ts'
import type { Call } from './call.ts'
import type { Context } from './context.ts'
import { latestOf, loadContext } from './load-context.ts'
import { refresh, reloadFiles } from './reload-context.ts'

/** The context after the step of a call: of the feature that the step was about, with plan, ledger and leases as they are now. */
export async function contextAfter(call: Call): Promise<Context> {
  const latest = latestOf(call)
  if (!latest) return loadContext(call)
  const context = { ...latest, finishes: false }
  try {
    return await refresh(context)
  } catch (error) {
    // The step has succeeded.
    if (!(error instanceof StoreUnreachable)) throw error
    return reloadFiles(context)
  }
}

/** The context that a call has just read, if it has changed nothing. */
export function unchangedContext(call: Call): Context | undefined {
  const latest = latestOf(call)
  return latest && UNCHANGED.has(latest) ? latest : undefined
}

/** Notes that a call that ends now changes nothing, so that its context need not be read again. */
export function noteUnchanged(context: Context): void {
  UNCHANGED.add(context)
}

const UNCHANGED = new WeakSet<Context>()

/** The store that decides about the work of a call: the one that the call has used already, if it has. */
export async function callCoordinator(call: Call): Promise<CloneCoordinator> {
  const known = latestOf(call)?.coordinator
  if (known) return known
  const { workspace, state } = callWorkspace(call)
  return coordinatorFor(workspace, state, readSettings(workspace))
}
