import type { Settings } from '../settings.ts'
import type { State } from '../state.ts'
import type { Workspace } from '../workspace.ts'
import type { CloneCoordinator } from './clone-coordinator.ts'
import { filesCoordinator } from './files.ts'

/** The store that decides about the work in a workspace: its own files, unless the settings or the environment name another one. */
export async function coordinatorFor(
  _workspace: Workspace,
  state: State,
  _settings: Settings,
): Promise<CloneCoordinator> {
  return filesCoordinator(state)
}
