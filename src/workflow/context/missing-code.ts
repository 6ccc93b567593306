import type { Event, EventOf } from '../../evidence/event.ts'
import type { Plan } from '../../plan/plan.ts'
import type { Workspace } from '../../store/workspace.ts'
import { recordedFiles, type RecordedFiles } from './moved-files.ts'
import { isProofOnBranch, type Finished } from './proof-on-branch.ts'

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
  if (marked.size === 0) return without
  let files: RecordedFiles | undefined
  const recorded = () => (files ??= recordedFiles(events))
  const isHere = (one: Finished) => isProofOnBranch(workspace, one, recorded)
  const isMarked = ({ done }: Finished) => marked.has(done.task)
  for (const branch of finishedByBranch(events, clone).values()) {
    // Before a merge, no mark of the branch is here, so that git need not be asked.
    const last = branch.findLastIndex(isMarked)
    if (last === -1) continue
    // What a branch had when it finished a task has all that it finished before.
    const doubtful: string[] = []
    for (const one of branch.slice(branch.findIndex(isMarked), last + 1).toReversed()) {
      if (await isHere(one)) break
      if (isMarked(one)) doubtful.push(one.done.task)
    }
    // A branch that continues after it was merged has tasks that are not here, so they are asked about only in doubt.
    if (doubtful.length === 0 || (await hasSome(branch.slice(last + 1), isHere))) continue
    for (const task of doubtful) without.add(task)
  }
  return without
}

async function hasSome(
  tasks: readonly Finished[],
  isHere: (one: Finished) => Promise<boolean>,
): Promise<boolean> {
  for (const one of tasks.toReversed()) if (await isHere(one)) return true
  return false
}

/** What each branch of each other clone finished, in order, as far as files prove it. */
function finishedByBranch(events: readonly Event[], clone: string): Map<string, Finished[]> {
  const files = new Map<string, Finished['files']>()
  const started = new Map<string, string>()
  const finished = new Map<string, Finished>()
  for (const event of events) {
    if (event.clone === undefined || !('task' in event) || event.task === undefined) continue
    if (event.kind === 'green' || event.kind === 'red') files.set(event.task, filesOf(event))
    // A task that is done in this clone too does not make the mark of the other clone credible.
    else if (event.kind === 'reopened' || (event.kind === 'start' && event.clone !== clone))
      finished.delete(event.task)
    else if (event.kind === 'done') {
      const since = started.get(event.task) ?? event.at
      finished.set(event.task, { done: event, since, files: files.get(event.task) ?? {} })
    }
    if (event.kind === 'start') started.set(event.task, event.at)
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
