import type { Settings } from '../settings.ts'
import type { State } from '../state.ts'
import type { Workspace } from '../workspace.ts'
import type { CloneCoordinator } from './clone-coordinator.ts'
import { filesCoordinator } from './files.ts'
import { sharedStore } from './shared-store.ts'

/** The store that decides about the work in a workspace: its own files, unless the settings or the environment name another one. */
export async function coordinatorFor(
  workspace: Workspace,
  state: State,
  settings: Settings,
): Promise<CloneCoordinator> {
  const shared = sharedStore(settings)
  if (!shared) return filesCoordinator(state)
  const key = JSON.stringify([state.root, state.shared, shared])
  const known = OPEN.get(key)
  if (known) return known
  // Imported only if several clones share a store.
  const opening = import('./open-replica.ts').then(({ openReplica }) =>
    openReplica(workspace, state, shared),
  )
  OPEN.set(key, opening)
  opening.catch(() => OPEN.delete(key))
  return opening
}

/** One for each workspace and store, for the life of the process. */
const OPEN = new Map<string, Promise<CloneCoordinator>>()
