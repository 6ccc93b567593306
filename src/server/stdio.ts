import { serveStdio } from '@modelcontextprotocol/server/stdio'
import { endLeftRuns } from '../store/live-runs.ts'
import { stateOf } from '../store/state.ts'
import { openWorkspace } from '../store/workspace.ts'
import { RunningSteps } from './running-steps.ts'
import { createServer } from './server.ts'

/** Serves one client over standard input and output until it disconnects. */
export function startStdio({ root }: { root: string | undefined }): void {
  // Standard output belongs to the protocol.
  console.log = console.error
  const steps = new RunningSteps()
  // The only client is gone: steps that nobody waits for would keep the process alive.
  const onClose = () => steps.close()
  endLeftRunsIn(root)
  serveStdio(context => createServer({ root, steps, onClose }, context), {
    onerror: error => {
      console.error(error.message)
    },
  })
}

/** Ends test runs that a killed server left behind. If the root is not known yet, the first step does it. */
function endLeftRunsIn(root: string | undefined): void {
  const workspace = root === undefined ? undefined : openWorkspace(root)
  try {
    if (workspace) endLeftRuns(stateOf(workspace))
  } catch (error) {
    // The first step tries again and can report the error to the client.
    console.error(error)
  }
}
