import { serveStdio } from '@modelcontextprotocol/server/stdio'
import { endLeftRuns } from '../store/live-runs.ts'
import { stateOf } from '../store/state.ts'
import { openWorkspace } from '../store/workspace.ts'
import { createServer } from './server.ts'
import { StepsUnderWay } from './steps-under-way.ts'

/** Serves one client over standard input and output, until it closes its end. */
export function startStdio({ root }: { root: string | undefined }): void {
  // Standard output belongs to the protocol; whatever writes there by habit is sent the other way.
  console.log = console.error
  const steps = new StepsUnderWay()
  // Its only client is gone: what nobody waits for any more would keep the process alive.
  const onClose = () => steps.close()
  endLeftRunsIn(root)
  serveStdio(context => createServer({ root, steps, onClose }, context), {
    onerror: error => {
      console.error(error.message)
    },
  })
}

/** A server that was killed in the middle of a run left it behind; where the root is not told, the first step sees to it. */
function endLeftRunsIn(root: string | undefined): void {
  const workspace = root === undefined ? undefined : openWorkspace(root)
  try {
    if (workspace) endLeftRuns(stateOf(workspace))
  } catch (error) {
    // The first step tries again, and has somebody to tell.
    console.error(error)
  }
}
