import { stateOf, type State } from '../store/state.ts'
import { openWorkspace } from '../store/workspace.ts'

/** Cleans up in a workspace what somebody left behind. An error is only printed: what is left is found again later. */
export function cleanUp(root: string, work: (state: State) => void): void {
  const workspace = openWorkspace(root)
  try {
    if (workspace) work(stateOf(workspace))
  } catch (error) {
    console.error(error)
  }
}
