import { stateOf, type State } from '../store/state.ts'
import { openWorkspace, type Workspace } from '../store/workspace.ts'

/** Removes what ended processes left in a workspace. An error is only printed, because the next start tries again. */
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
