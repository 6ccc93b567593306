import type { Event, EventOf } from '../../evidence/event.ts'
import type { Plan } from '../../plan/plan.ts'
import { fileStatus } from '../../store/files.ts'
import { checkedOut } from '../../store/git-folder.ts'
import { git } from '../../store/git.ts'
import { literalPath } from '../../store/literal-path.ts'
import { takeTree } from '../../store/tree.ts'
import { absolute, type Workspace } from '../../store/workspace.ts'

/** A task that another clone finished, with the files that proved it: sha256 by path. */
interface Finished {
  done: EventOf<'done'>
  files: Readonly<Record<string, string>>
}

/**
 * The tasks that other clones finished, whose marks are here, and whose code is not: the marks were made by hand. A merge, however it is
 * made, brings the files that proved the task, or those of a later task of the same branch. Where that cannot be seen, the mark counts.
 */
export async function tasksWithoutCode(
  workspace: Workspace,
  plan: Plan,
  events: readonly Event[],
  clone: string,
): Promise<ReadonlySet<string>> {
  const marked = new Set(
    plan.tasks.filter(({ markers: [mark] }) => mark?.state === 'done').map(({ id }) => id),
  )
  const without = new Set<string>()
  for (const branch of finishedByBranch(events, clone).values())
    // What a branch had when it finished a task has all that it finished before.
    for (const one of branch.toReversed()) {
      if (await isHere(workspace, one)) break
      if (marked.has(one.done.task)) without.add(one.done.task)
    }
  return without
}

/** What each branch of each other clone finished, in order, as far as files prove it. */
function finishedByBranch(events: readonly Event[], clone: string): Map<string, Finished[]> {
  const files = new Map<string, Finished['files']>()
  const finished = new Map<string, Finished>()
  for (const event of events) {
    if (event.clone === undefined || !('task' in event) || event.task === undefined) continue
    if (event.kind === 'green' || event.kind === 'red') files.set(event.task, filesOf(event))
    // To do it here is no reason to believe the mark.
    else if (event.kind === 'reopened' || (event.kind === 'start' && event.clone !== clone))
      finished.delete(event.task)
    else if (event.kind === 'done')
      finished.set(event.task, { done: event, files: files.get(event.task) ?? {} })
  }
  const branches = new Map<string, Finished[]>()
  const order = [...finished.values()].toSorted((a, b) => (a.done.at < b.done.at ? -1 : 1))
  for (const one of order) {
    const { clone: by, branch = '' } = one.done
    if (by === clone || Object.keys(one.files).length === 0) continue
    const key = `${by}\n${branch}`
    branches.set(key, [...(branches.get(key) ?? []), one])
  }
  return branches
}

function filesOf(event: EventOf<'green'> | EventOf<'red'>): Finished['files'] {
  const named = event.kind === 'green' ? event.named.map(name => [name, ''] as const) : []
  const tests = Object.entries(event.files).filter(([, sha256]) => sha256 !== 'absent')
  return Object.fromEntries([...named, ...tests])
}

async function isHere(workspace: Workspace, { done, files }: Finished): Promise<boolean> {
  const names = Object.keys(files)
  if (names.some(name => fileStatus(absolute(workspace, name)) !== undefined)) return true
  const key = [workspace.root, checkedOut(workspace.root), done.hash].join('\n')
  if (KNOWN.has(key)) return true
  const isKnown = (await isRenamed(workspace, files)) || (await wasHere(workspace, done, names))
  if (isKnown) KNOWN.add(key)
  return isKnown
}

/** What was once found on a branch, so that git is not asked at each call. */
const KNOWN = new Set<string>()

async function isRenamed(workspace: Workspace, files: Finished['files']): Promise<boolean> {
  const now = new Set(Object.values((await takeTree(workspace)).files))
  return Object.values(files).some(sha256 => now.has(sha256))
}

/** Also on branches that were merged, whose files git would skip if they were renamed there. */
const EVER = ['log', '-1', '--format=%H', '--full-history']

/** Whether the branch had one of the files. A shallow clone knows only what is later than its first commit. */
async function wasHere(
  workspace: Workspace,
  { at }: EventOf<'done'>,
  names: readonly string[],
): Promise<boolean> {
  const commit = await git(workspace, [...EVER, 'HEAD', '--', ...names.map(literalPath)])
  if (commit === undefined || commit.trim() !== '') return true
  const shallow = await git(workspace, ['rev-parse', '--is-shallow-repository'])
  if (shallow?.trim() !== 'true') return false
  const first = await git(workspace, ['log', '--max-parents=0', '--format=%ct', 'HEAD'])
  const times = (first ?? '').split('\n').map(Number)
  return Date.parse(at) <= Math.max(...times) * 1000
}
