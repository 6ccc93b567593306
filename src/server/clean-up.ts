import { stateOf, type State } from '../store/state.ts'
import { openWorkspace, type Workspace } from '../store/workspace.ts'

/** Cleans up in a workspace what somebody left behind. An error is only printed: what is left is found again later. */
export async function cleanUp(
  root: string,
  work: (state: State, workspace: Workspace) => void | Promise<void>,
): Promise<void> {
  const workspace = openWorkspace(root)
  try {
    if (workspace) await work(stateOf(workspace), workspace)
  } catch (error) {
    console.error(error)
  }
}
