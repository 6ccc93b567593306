import { sendReferences } from '../store/remote.ts'
import type { Call } from './context/call.ts'
import { callWorkspace } from './context/context.ts'
import { Refusal } from './context/refusal.ts'

/** Pushes the snapshots of every step to the branch's remote, so that others can replay them. */
export async function pushSnapshots(call: Call): Promise<string> {
  const sent = await sendReferences(callWorkspace(call).workspace)
  if ('remote' in sent) return `Snapshots were pushed to ${sent.remote}.`
  throw new Refusal(
    'no_git',
    `The snapshots were not pushed: ${sent.failed}.`,
    "To push them by hand, run git push REMOTE 'refs/redgreen/*:refs/redgreen/*'.",
  )
}
