import path from 'node:path'
import type { Event } from '../evidence/event.ts'
import { readChain } from './chain-file.ts'
import { namesIn } from './read-file.ts'
import { checkedOut, gitFolderOf } from './git-folder.ts'
import { readBlobs, type TreeEntry } from './git-objects.ts'
import { git } from './git.ts'
import { eventsInText } from './ledger-text.ts'
import type { State } from './state.ts'
import type { Workspace } from './workspace.ts'

/**
 * Events of a feature in the ledgers of other branches and worktrees. Snapshots are shared by all of them, so a snapshot that the
 * ledger of this branch does not explain may belong there. A branch that this one contains, and the remote side of this branch, are no
 * other branches.
 */
export async function eventsElsewhere(
  { workspace, state }: { workspace: Workspace; state: State },
  feature: string,
): Promise<Event[]> {
  const folder = `.redgreen/ledger/${feature}`
  const [inBranches, inWorktrees] = await Promise.all([
    eventsInBranches(workspace, folder),
    eventsInWorktrees(workspace, state, folder),
  ])
  return [...inBranches, ...inWorktrees]
}

async function eventsInBranches(workspace: Workspace, folder: string): Promise<Event[]> {
  const entries: TreeEntry[] = []
  for (const commit of await otherBranches(workspace))
    entries.push(...(await filesAt(workspace, commit, folder)))
  return eventsIn(workspace, entries)
}

/** The tips of branches that this one does not contain, latest first. */
async function otherBranches(workspace: Workspace): Promise<string[]> {
  const list = async (more: readonly string[]) =>
    git(workspace, [
      'for-each-ref',
      '--sort=-committerdate',
      '--format=%(objectname) %(refname)',
      ...more,
      'refs/heads',
      'refs/remotes',
    ])
  // Before the first commit there is no HEAD to compare with.
  const listed = (await list(['--no-merged=HEAD'])) ?? (await list([])) ?? ''
  const current = checkedOut(workspace.root)
  const upstream = await git(workspace, ['rev-parse', '--symbolic-full-name', '@{upstream}'])
  const commits = listed.split('\n').flatMap(line => {
    const [commit = '', name = ''] = line.split(' ')
    const isOwn =
      name === upstream?.trim() || (current !== undefined && REMOTE.exec(name)?.[1] === current)
    return commit === '' || isOwn ? [] : [commit]
  })
  return [...new Set(commits)].slice(0, MAX_BRANCHES)
}

const REMOTE = /^refs\/remotes\/[^/]+\/(.+)$/

/** Enough for any active project. Older branches are not read. */
const MAX_BRANCHES = 100

/** The files of a folder of the workspace in a commit. */
async function filesAt(workspace: Workspace, commit: string, folder: string): Promise<TreeEntry[]> {
  const listed = await git(workspace, ['ls-tree', '-r', '-z', commit, '--', `${folder}/`])
  return (listed ?? '').split('\0').flatMap(line => {
    const [, mode = '', object = '', name = ''] = /^(\d+) blob (\w+)\t([^]+)$/.exec(line) ?? []
    return name.endsWith('.jsonl') ? [{ mode, object, path: name }] : []
  })
}

async function eventsIn(workspace: Workspace, entries: readonly TreeEntry[]): Promise<Event[]> {
  const distinct = [...new Map(entries.map(entry => [entry.object, entry])).values()]
  const events: Event[] = []
  await readBlobs(workspace, distinct, (_entry, bytes) => {
    events.push(...eventsInText(bytes.toString('utf8')))
  })
  return events
}

/** The ledgers that lie in the other worktrees of the clone, committed or not. */
async function eventsInWorktrees(
  workspace: Workspace,
  { root }: State,
  folder: string,
): Promise<Event[]> {
  const top = gitFolderOf(root)?.top
  const listed = top && (await git(workspace, ['worktree', 'list', '--porcelain']))
  if (!top || !listed) return []
  const others = [...listed.matchAll(/^worktree (.+)$/gm)].flatMap(([, place = '']) =>
    path.relative(place, top) === '' ? [] : [path.join(place, path.relative(top, root), folder)],
  )
  return others.flatMap(eventsInFolder)
}

/** Empty if the folder cannot be read: another worktree must not decide whether this one can be checked. */
function eventsInFolder(folder: string): Event[] {
  try {
    const names = namesIn(folder).filter(name => name.endsWith('.jsonl'))
    return names.flatMap(name => readChain(path.join(folder, name)).events)
  } catch {
    return []
  }
}
