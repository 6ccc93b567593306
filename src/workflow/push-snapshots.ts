import { sendReferences } from '../store/remote.ts'
import type { Call } from './context/call.ts'
import { callWorkspace } from './context/context.ts'
import { Refusal } from './context/refusal.ts'

/** Sends the kept files of every step to the repository that the branch belongs to, so that others can replay them. */
export async function pushSnapshots(call: Call): Promise<string> {
  const sent = await sendReferences(callWorkspace(call).workspace)
  if ('remote' in sent) return `Snapshots were sent to ${sent.remote}.`
  throw new Refusal(
    'no_git',
    `The snapshots were not sent: ${sent.failed}.`,
    "By hand: git push REMOTE 'refs/redgreen/*:refs/redgreen/*'.",
  )
}
