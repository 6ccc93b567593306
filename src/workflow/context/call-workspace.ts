import { stateOf } from '../../store/state.ts'
import { openWorkspace, type Workspace } from '../../store/workspace.ts'
import type { Call } from './call.ts'
import type { Context } from './context.ts'
import { Refusal } from './refusal.ts'

/** The workspace of a call, and where the server keeps its own files in it. */
export function callWorkspace(call: Call): Pick<Context, 'workspace' | 'state'> {
  const workspace = workspaceOf(call)
  return { workspace, state: stateOf(workspace) }
}

/** The workspace of a call. Refuses if there is none. */
export function workspaceOf(call: Call): Workspace {
  const workspace = openWorkspace(call.root)
  if (workspace) return workspace
  throw new Refusal(
    'no_feature',
    `There is no folder ${call.root}, so no plan was read.`,
    'Start the server with --root and the folder of the project, or set REDGREEN_ROOT.',
  )
}
