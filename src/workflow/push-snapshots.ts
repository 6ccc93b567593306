import { formatList } from '../plan/format-list.ts'
import { pushReferences } from '../store/push-references.ts'
import { secretPathsIn } from '../store/secret-files.ts'
import { REFERENCES } from '../store/snapshot-references.ts'
import { listSources } from '../store/source-list.ts'
import type { Call } from './context/call.ts'
import { callWorkspace } from './context/call-workspace.ts'
import { Refusal } from './context/refusal.ts'

/** Pushes the snapshots of every step to the branch's remote, so that others can replay them. */
export async function pushSnapshots(call: Call): Promise<string> {
  const { workspace } = callWorkspace(call)
  const kept = await secretPathsIn(workspace, REFERENCES)
  if (kept.length > 0) {
    throw new Refusal(
      'no_git',
      `Snapshots of an earlier version contain files that may hold secrets: ${formatList(kept, 10)}.`,
      'Nothing was pushed.',
      "To push them in spite of that, run git push REMOTE 'refs/redgreen/*:refs/redgreen/*'.",
    )
  }
  const leftOut = (await listSources(workspace)).secret
  const note =
    leftOut.length > 0
      ? `Not in the snapshots, because they may hold secrets: ${formatList(leftOut, 20)}\n`
      : ''
  if (note !== '') call.note(note.trim())
  const sent = await pushReferences(workspace)
  if ('remote' in sent) return `${note}Snapshots were pushed to ${sent.remote}.`
  throw new Refusal(
    'no_git',
    `The snapshots were not pushed: ${sent.failed}.`,
    "To push them by hand, run git push REMOTE 'refs/redgreen/*:refs/redgreen/*'.",
  )
}
