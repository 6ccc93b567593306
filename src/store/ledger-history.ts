import type { Event } from '../evidence/event.ts'
import { textInCommit } from './commit-text.ts'
import { git } from './git.ts'
import { eventsInText } from './ledger-text.ts'
import { literalPath } from './literal-path.ts'
import type { Workspace } from './workspace.ts'

/** Events that the ledger of this branch had in a commit and that a later commit removed, with the later commit. */
export async function eventsRemovedByCommits(
  workspace: Workspace,
  feature: string,
): Promise<{ commit: string; events: Event[] }[]> {
  // A ledger only grows, so a commit that removes a line is rare, and one call finds all of them.
  const options = ['--no-renames', '--numstat', '--relative', '--format=commit %H']
  const files = ['--', literalPath(`.redgreen/ledger/${feature}/`)]
  const log = await git(workspace, ['log', ...options, ...files])
  const removed: { commit: string; events: Event[] }[] = []
  let commit = ''
  for (const line of (log ?? '').split('\n')) {
    commit = /^commit (\w+)$/.exec(line)?.[1] ?? commit
    const file = REMOVES_LINES.exec(line)?.[1]
    if (file === undefined) continue
    const before = await textInCommit(workspace, `${commit}^`, file)
    removed.push({ commit, events: eventsInText(before ?? '') })
  }
  return removed
}

/** Numbers of added and removed lines, and the file. */
const REMOVES_LINES = /^\d+\t[1-9]\d*\t(.+\.jsonl)$/
