import type { Candidate, WorkspaceReader } from '../dialect.ts'
import { isSpecflowFolder } from '../task-list/folder-owner.ts'
import { textOrEmpty } from '../text-or-empty.ts'
import {
  candidateIn,
  featureIn,
  initFolder,
  isAbsoluteFolder,
  normalizedFolder,
} from './project.ts'

/** Every feature folder with a tasks.md, sorted by directory. */
export function featuresOf(reader: WorkspaceReader): Candidate[] {
  const project = initFolder(reader)
  const above = project === '' ? '' : `${project}/`
  const usual = ROOTS.flatMap(root => featuresBelow(reader, `${above}${root}`, 0))
  // In a workspace of several projects, the specs are below them. That search is slower, so it comes second.
  const found =
    usual.length > 0
      ? usual
      : specsFolders(reader, project, 0).flatMap(root => featuresBelow(reader, root, 0))
  // SpecFlow uses the same place for its folders.
  const own = found.filter(
    ({ dir }) => !dir.startsWith('.specify/') || !isSpecflowFolder(reader, dir),
  )
  const named = namedFeature(reader, above)
  const all =
    named === undefined || own.some(({ dir }) => dir === named.dir) ? own : [...own, named]
  return all.toSorted((a, b) => (a.dir < b.dir ? -1 : 1))
}

/** The feature in the folder that the environment or the project's own file names, which may be anywhere. */
function namedFeature(reader: WorkspaceReader, above: string): Candidate | undefined {
  const variable = reader.variable('SPECIFY_FEATURE_DIRECTORY') ?? ''
  const file = /"feature_directory"\s*:\s*"([^"]+)"/.exec(
    textOrEmpty(reader, `${above}.specify/feature.json`),
  )?.[1]
  const named = variable === '' ? file : variable
  if (named === undefined) return undefined
  return featureIn(
    reader,
    isAbsoluteFolder(normalizedFolder(named)) ? named : `${above}${normalizedFolder(named)}`,
  )
}

/** Is this feature in an archive folder? */
export function isArchivedFeature(dir: string): boolean {
  return /(^|\/)(z_)?archived?\//.test(dir)
}

function featuresBelow(reader: WorkspaceReader, dir: string, depth: number): Candidate[] {
  const names = reader.list(dir)
  const own = depth > 0 && names.includes('tasks.md') ? [candidateIn(dir)] : []
  if (depth === MAX_FEATURE_DEPTH) return own
  const folders = names.filter(name => name.endsWith('/') && !INSIDE.test(name))
  return [
    ...own,
    ...folders.flatMap(name => featuresBelow(reader, `${dir}/${name.slice(0, -1)}`, depth + 1)),
  ]
}

/** Folders named `specs`, except inside one another. */
function specsFolders(reader: WorkspaceReader, dir: string, depth: number): string[] {
  return reader.list(dir).flatMap(name => {
    if (!name.endsWith('/') || OTHERS.test(name)) return []
    const path = dir + (dir === '' ? '' : '/') + name.slice(0, -1)
    // A folder with a git repository of its own, such as a worktree, is another project.
    if (reader.exists(`${path}/.git`)) return []
    if (name === 'specs/') return [path]
    return depth < MAX_ROOT_DEPTH ? specsFolders(reader, path, depth + 1) : []
  })
}

const ROOTS = ['specs', '.specify/specs', 'docs/specs']
const MAX_FEATURE_DEPTH = 4
const MAX_ROOT_DEPTH = 2
/** Folders inside a feature that contain no features. */
const INSIDE = /^(contracts|checklists|node_modules|\..*)\/$/
/** Folders with code, or with the specs of other workflows. */
const OTHERS =
  /^(node_modules|\.git|\.kiro|openspec|\.spec-workflow|\.trae|\.redgreen|dist|build|target|vendor|venv|\.venv|src|test|tests)\/$/
