import { randomBytes } from 'node:crypto'
import process from 'node:process'
import { createHolder } from '../store/leases/holder.ts'
import type { Call, HumanChannel } from '../workflow/context/call.ts'

/** A project that the page shows. */
export interface PageWorkspace {
  /** Unique among the workspaces of the server. */
  name: string
  /** Absolute path. */
  root: string
}

/** Where a request looks: a workspace, and the feature in it. */
export interface Place {
  workspace: PageWorkspace
  feature?: string | undefined
}

const HOLDER_ID = randomBytes(8).toString('hex')

/** A call of the page. `human` is set only for a request with the token. */
export function pageCall(
  { workspace, feature }: Place,
  signal: AbortSignal,
  human?: HumanChannel,
): Call {
  return {
    root: workspace.root,
    feature,
    holder: createHolder(HOLDER_ID, `the page (process ${process.pid})`, process.pid),
    frontend: { describeStep: step => `call ${step}`, ...(human && { human }) },
    signal,
    note: () => undefined,
  }
}
