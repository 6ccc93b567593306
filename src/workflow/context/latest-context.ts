import { StoreUnreachable } from '../../store/coordinator/coordinator.ts'
import type { CloneCoordinator } from '../../store/coordinator/clone-coordinator.ts'
import { coordinatorFor } from '../../store/coordinator/coordinator-for.ts'
import { readSettings } from '../../store/settings.ts'
import { callWorkspace } from './call-workspace.ts'
import type { Call } from './call.ts'
import type { Context } from './context.ts'
import { latestOf, loadContext } from './load-context.ts'
import { refresh, reloadFiles } from './reload-context.ts'

/** The context after the step of a call: the same feature, with the current plan, ledger and leases. */
export async function contextAfterStep(call: Call): Promise<Context> {
  const latest = latestOf(call)
  if (!latest) return loadContext(call)
  const context = { ...latest, finishes: false }
  try {
    return await refresh(context)
  } catch (error) {
    // The step has succeeded, so an unreachable store must not fail it: the leases stay as they were read.
    if (!(error instanceof StoreUnreachable)) throw error
    return reloadFiles(context)
  }
}

/** The context that a call has read, if the call changed nothing. */
export function unchangedContext(call: Call): Context | undefined {
  const latest = latestOf(call)
  return latest && unchangedContexts.has(latest) ? latest : undefined
}

/** Marks the context of a call that changed nothing, so that it need not be read again. */
export function markUnchanged(context: Context): void {
  unchangedContexts.add(context)
}

const unchangedContexts = new WeakSet<Context>()

/** The coordinator of a call: the one that the call has already used, or a new one. */
export async function callCoordinator(call: Call): Promise<CloneCoordinator> {
  const known = latestOf(call)?.coordinator
  if (known) return known
  const { workspace, state } = callWorkspace(call)
  return coordinatorFor(workspace, state, readSettings(workspace))
}
