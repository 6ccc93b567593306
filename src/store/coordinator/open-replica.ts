import process from 'node:process'
import type { State } from '../state.ts'
import type { Workspace } from '../workspace.ts'
import type { CloneCoordinator } from './clone-coordinator.ts'
import { withCloneHolders } from './clone-holders.ts'
import { cloneId, hostId } from './clone-id.ts'
import { cloneName } from './clone-names.ts'
import { StoreUnreachable, type Coordinator } from './coordinator.ts'
import { projectName } from './project-name.ts'
import { Replica } from './replica.ts'
import { describeStore, type SharedStore } from './shared-store.ts'

/** Opens a shared store for the work in a clone. Throws `StoreUnreachable`. */
export async function openReplica(
  workspace: Workspace,
  state: State,
  shared: SharedStore,
): Promise<CloneCoordinator> {
  const project = shared.project ?? (await projectName(workspace))
  if (project === undefined)
    throw new StoreUnreachable(
      'nothing names the project that the clones share: this clone has no remote origin. Set "project" below "shared" in redgreen.config.json',
    )
  const clone = cloneId(state)
  const remote = await openStore(workspace, shared, { project, clone })
  const label = `${describeStore(shared)}, project ${project}`
  const here = { host: hostId(state), name: cloneName(state) }
  return new Replica(withCloneHolders(remote, here), { state, clone, label })
}

/** Only what the store needs is loaded. */
async function openStore(
  workspace: Workspace,
  shared: SharedStore,
  { project, clone }: { project: string; clone: string },
): Promise<Coordinator> {
  if (shared.store === 'git') {
    const { openGit } = await import('./git/git-coordinator.ts')
    return openGit({ root: workspace.root, remote: shared.remote, project })
  }
  const { url, isFromEnvironment } = shared
  if (url === '')
    throw new StoreUnreachable(
      'no address: set REDGREEN_SHARED_URL, or "url" below "shared" in redgreen.config.json',
    )
  const { openPostgres } = await import('./postgres/postgres-coordinator.ts')
  return openPostgres({
    url,
    project,
    clone,
    ...(isFromEnvironment && { environment: process.env }),
  })
}
