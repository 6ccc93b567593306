import type { EventOf } from '../../evidence/event.ts'
import { branchStamp, isShallow } from '../../store/branch-stamp.ts'
import { checkedOut } from '../../store/git-folder.ts'
import { git } from '../../store/git.ts'
import { literalPath } from '../../store/literal-path.ts'
import { takeTree } from '../../store/tree.ts'
import type { Workspace } from '../../store/workspace.ts'
import { holdsCode, holdsText, mayHaveMoved, type RecordedFiles } from './moved-files.ts'

/** A task that another clone finished, with the files that proved it. */
export interface Finished {
  done: EventOf<'done'>
  /** When the task was started. */
  since: string
  /** sha256 by path; the empty string for a file that only has to exist. */
  files: Readonly<Record<string, string>>
}

/**
 * Whether files that proved the task are, or once were, on this branch. If that cannot be found out, they count as here. `recorded` are the
 * files of all events.
 */
export async function isProofOnBranch(
  workspace: Workspace,
  finished: Finished,
  recorded: () => RecordedFiles,
): Promise<boolean> {
  const { done, files } = finished
  // An empty file of that name is not a test.
  for (const [name, sha256] of Object.entries(files))
    if (sha256 === '' ? holdsText(workspace, name) : holdsCode(workspace, name)) return true
  const key = [workspace.root, checkedOut(workspace.root), done.hash].join('\n')
  if (found.has(key)) return true
  if (await isRenamed(workspace, files)) {
    found.add(key)
    return true
  }
  const stamp = [branchStamp(workspace.root) ?? Date.now(), recorded().size].join('\n')
  const before = lastAnswers.get(key)
  if (before?.stamp === stamp) return before.isHere
  const wasHere = await wasOnBranch(workspace, finished)
  if (wasHere) found.add(key)
  const lost = { names: Object.keys(files), since: finished.since }
  const isHere = wasHere || (await mayHaveMoved(workspace, lost, recorded()))
  lastAnswers.set(key, { stamp, isHere })
  return isHere
}

/** Keys of proofs that were found once, so that git is not asked again. */
const found = new Set<string>()

/** The last answer for each key, with a stamp of everything that it depends on. */
const lastAnswers = new Map<string, { stamp: string; isHere: boolean }>()

async function isRenamed(workspace: Workspace, files: Finished['files']): Promise<boolean> {
  const now = new Set(Object.values((await takeTree(workspace)).files))
  return Object.values(files).some(sha256 => now.has(sha256))
}

/** Whether the branch had one of the files. A shallow clone knows only what is later than its first commit. */
async function wasOnBranch(
  workspace: Workspace,
  { done: { at }, files }: Finished,
): Promise<boolean> {
  const names = Object.keys(files).map(literalPath)
  const commit = await git(workspace, [...LOG_ANY_COMMIT, 'HEAD', '--', ...names])
  if (commit === undefined || commit.trim() !== '') return true
  if (!isShallow(workspace.root)) return false
  const first = await git(workspace, ['log', '--max-parents=0', '--format=%ct', 'HEAD'])
  const times = (first ?? '').split('\n').map(Number)
  return Date.parse(at) <= Math.max(...times) * 1000
}

/** Also on branches that were merged, whose files git would skip if they were renamed there. */
const LOG_ANY_COMMIT = ['log', '-1', '--format=%H', '--full-history']
