import { Unreadable, type ActiveFeature, type Candidate, type WorkspaceReader } from '../dialect.ts'
import { listsTracks } from '../lists-tracks.ts'
import { rowsOf } from '../markdown.ts'
import { onlyOpen } from '../only-open.ts'
import { textOrEmpty } from '../text-or-empty.ts'
import { checklistEntries, isOpenEntry } from './entries.ts'
import { SETTINGS_FILE } from '../../plan/settings-file.ts'
import { candidateAt, namedPlan } from './named-plan.ts'

/** Where superpowers keeps its plans. */
export const PLACE = 'docs/superpowers/plans'

/** The plan that the settings name, and the plans of superpowers. */
export function featuresOf(reader: WorkspaceReader): Candidate[] {
  const named = namedPlan(reader)
  const found = filesIn(reader, PLACE).filter(({ tasks }) => tasks !== named?.tasks)
  return [...(named === undefined ? [] : [named]), ...found].toSorted((a, b) =>
    a.dir < b.dir ? -1 : 1,
  )
}

/** The named plan, else the only one, else the only one with open tasks. */
export function activeOf(reader: WorkspaceReader): ActiveFeature {
  const named = namedPlan(reader)
  if (named !== undefined)
    return { found: named, evidence: `${SETTINGS_FILE} names ${named.tasks}` }
  const all = featuresOf(reader)
  const [only, ...more] = all
  if (only === undefined) return { none: `No plan is named, and ${PLACE} has none.`, remedy: NAME }
  const isOpen = (one: Candidate) => hasOpenTasks(reader, one)
  if (more.length === 0)
    return { found: only, evidence: `${only.tasks} is the only one`, isFinished: !isOpen(only) }
  return onlyOpen(all, isOpen, { name: ({ tasks }) => tasks, noun: 'one', remedy: NAME })
}

/** Files that may be meant as a plan although nobody has named one. */
export function offeredPlans(reader: WorkspaceReader): string[] {
  return usualPlans(reader).filter(file => countTasks(reader, file) > 0)
}

/** Files that have the name of a plan, and more than headings, but no task. */
export function plansWithoutTasks(reader: WorkspaceReader): string[] {
  return usualPlans(reader).filter(
    file => /^[^#\s]/m.test(textOrEmpty(reader, file)) && countTasks(reader, file) === 0,
  )
}

function usualPlans(reader: WorkspaceReader): string[] {
  const inRoot = reader.list('').filter(name => USUAL_NAME.test(name))
  const inDocs = reader.list('docs').filter(name => USUAL_NAME.test(name))
  return [
    ...inRoot,
    ...inDocs.map(name => `docs/${name}`),
    ...filesIn(reader, 'docs/plans').map(({ tasks }) => tasks),
    ...filesIn(reader, '.trae/documents').map(({ tasks }) => tasks),
    ...(isConductorPlan(reader) ? [CONDUCTOR_PLAN] : []),
  ]
}

function isConductorPlan(reader: WorkspaceReader): boolean {
  return reader.exists(CONDUCTOR_PLAN) && !listsTracks(textOrEmpty(reader, CONDUCTOR_PLAN))
}

function countTasks(reader: WorkspaceReader, file: string): number {
  return checklistEntries(rowsOf(textOrEmpty(reader, file))).tasks.length
}

/** The Markdown file that a caller named. */
export function featureInFile(reader: WorkspaceReader, path: string): Candidate | undefined {
  const isFile = /\.(md|markdown)$/i.test(path) && reader.exists(path)
  return isFile ? candidateAt(path) : undefined
}

function filesIn(reader: WorkspaceReader, folder: string): Candidate[] {
  return reader
    .list(folder)
    .filter(name => /\.md$/i.test(name) && !/^readme\.md$/i.test(name))
    .map(name => candidateAt(`${folder}/${name}`))
}

/** A file that cannot be read counts as open, so that the problem is reported. */
function hasOpenTasks(reader: WorkspaceReader, { tasks }: Candidate): boolean {
  try {
    const { tasks: all } = checklistEntries(rowsOf(reader.read(tasks) ?? ''))
    return all.length === 0 || all.some(isOpenEntry)
  } catch (error) {
    if (error instanceof Unreadable) return true
    throw error
  }
}

const NAME = 'Name the file of the plan, such as PLAN.md.'
/** The plan of the first versions of conductor, in which it lists tasks. */
const CONDUCTOR_PLAN = '.conductor/plan.md'
const USUAL_NAME = /^(implementation[-_ ]?plan|plan|todo|tasks|checklist|roadmap)\.md$/i
