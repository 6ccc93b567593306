import { Unreadable, type ActiveFeature, type Candidate, type WorkspaceReader } from '../dialect.ts'
import { rowsOf } from '../markdown.ts'
import { numberedEntries } from './entries.ts'

/** What a dialect calls a feature, and what creates the first one. */
export interface FeatureWords {
  noun: string
  place: string
  remedy: string
}

/**
 * The active feature of a workflow that has no pointer to it: the only one, else the one that the git branch is named after, else
 * the only one with open tasks.
 */
export function activeAmong(
  reader: WorkspaceReader,
  features: readonly Candidate[],
  { noun, place, remedy }: FeatureWords,
): ActiveFeature {
  const [only, ...more] = features
  if (only === undefined) return { none: `No ${noun} in ${place} has a tasks.md.`, remedy }
  if (more.length === 0) {
    const isFinished = !hasOpenTasks(reader, only)
    return { found: only, evidence: `${only.tasks} is the only one`, isFinished }
  }
  const branch = reader.branch()?.split('/').at(-1)
  const named = features.find(({ id }) => id === branch)
  if (named !== undefined) return { found: named, evidence: `the git branch names ${named.dir}` }
  const open = features.filter(feature => hasOpenTasks(reader, feature))
  const [first, second] = open
  if (first !== undefined && second === undefined)
    return { found: first, evidence: `${first.tasks} is the only one with open tasks` }
  const several = open.length > 0 ? open : [...features]
  return { several, remedy: `Name the ${noun}.`, areFinished: open.length === 0 }
}

/** A file that cannot be read counts as open, so that the problem is reported. */
function hasOpenTasks(reader: WorkspaceReader, { tasks }: Candidate): boolean {
  try {
    const { entries, optional } = numberedEntries(rowsOf(reader.read(tasks) ?? ''))
    const needed = entries.filter((_, at) => optional[at] !== true)
    return needed.length === 0 || needed.some(({ box }) => box?.state !== 'done')
  } catch (error) {
    if (error instanceof Unreadable) return true
    throw error
  }
}
