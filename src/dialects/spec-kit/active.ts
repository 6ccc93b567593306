import type { ActiveFeature, Candidate, WorkspaceReader } from '../dialect.ts'
import { featuresOf, isArchivedFeature } from './features.ts'
import { featureIn, initFolder, isAbsoluteFolder, normalizedFolder } from './project.ts'

/** The feature that the workspace itself points to. It is never guessed. */
export function activeOf(reader: WorkspaceReader): ActiveFeature {
  const all = featuresOf(reader)
  const present = all.filter(({ dir }) => !isArchivedFeature(dir))
  // Archived features count only if there are no others.
  const features = present.length > 0 ? present : all
  for (const hint of HINTS) {
    const active = hint(reader, features)
    if (active !== undefined) return withOtherBranch(reader, active)
  }
  const [only, ...more] = features
  const project = initFolder(reader)
  if (only === undefined && project !== '')
    return {
      none: `SPECIFY_INIT_DIR names ${project}, where no feature has a tasks.md.`,
      remedy: SET_PROJECT,
      isNamed: true,
    }
  if (only === undefined) return { none: 'No feature has a tasks.md.', remedy: WRITE_TASKS }
  if (more.length > 0) return { several: features, remedy: NAME_ONE }
  return { found: only, evidence: `${only.tasks} is the only one` }
}

type Hint = (reader: WorkspaceReader, features: readonly Candidate[]) => ActiveFeature | undefined

const HINTS: readonly Hint[] = [
  (reader, features) =>
    byDirectory(
      reader,
      features,
      reader.variable('SPECIFY_FEATURE_DIRECTORY'),
      'SPECIFY_FEATURE_DIRECTORY',
    ),
  byFeatureFile,
  (reader, features) =>
    byName(features, reader.variable('SPECIFY_FEATURE'), 'SPECIFY_FEATURE', true),
  (reader, features) => byName(features, reader.branch(), 'git branch', false),
]

function byFeatureFile(
  reader: WorkspaceReader,
  features: readonly Candidate[],
): ActiveFeature | undefined {
  const file = featureFile(reader)
  const text = reader.read(file)
  if (text === undefined) return undefined
  const directory = directoryIn(text)
  if (directory !== undefined) return byDirectory(reader, features, directory, file)
  const remedy = `Write {"feature_directory": "specs/…"} into ${file}, or remove it.`
  return { none: `${file} names no feature_directory.`, remedy }
}

function directoryIn(json: string): string | undefined {
  try {
    const data: unknown = JSON.parse(json.replace(/^\u{feff}/u, ''))
    if (typeof data !== 'object' || data === null || !('feature_directory' in data))
      return undefined
    const { feature_directory: directory } = data
    return typeof directory === 'string' && directory !== '' ? directory : undefined
  } catch {
    // Invalid JSON names no directory; the caller reports that.
    return undefined
  }
}

/** `directory` may be absolute, as spec-kit's scripts write it; then its end decides. */
function byDirectory(
  reader: WorkspaceReader,
  features: readonly Candidate[],
  directory: string | undefined,
  source: string,
): ActiveFeature | undefined {
  if (directory === undefined || directory === '') return undefined
  const wanted = normalizedFolder(directory)
  const isAbsolute = isAbsoluteFolder(wanted)
  const project = initFolder(reader)
  const inProject = isAbsolute || project === '' ? wanted : `${project}/${wanted}`
  const matching = features.filter(
    ({ dir }) => dir === inProject || (isAbsolute && wanted.endsWith(`/${dir}`)),
  )
  const [longest] = matching.toSorted((a, b) => b.dir.length - a.dir.length)
  const found = longest ?? featureIn(reader, inProject)
  if (found !== undefined) return { found, evidence: `${source} names ${found.dir}` }
  const none = `${source} names ${wanted}, which has no tasks.md.`
  return { none, remedy: WRITE_TASKS, isNamed: true }
}

/** The folder with that name, else the one with the same number. */
function byName(
  features: readonly Candidate[],
  name: string | undefined,
  source: string,
  isExplicit: boolean,
): ActiveFeature | undefined {
  if (name === undefined || name === '') return undefined
  const wanted = name.split('/').at(-1) ?? name
  const prefix = PREFIX.exec(wanted)?.[1]
  const exact = features.filter(({ id }) => id === wanted)
  const sameNumber = features.filter(
    ({ id }) => prefix !== undefined && PREFIX.exec(id)?.[1] === prefix,
  )
  const matching = exact.length > 0 ? exact : sameNumber
  const [found, ...more] = matching
  if (found !== undefined && more.length === 0)
    return { found, evidence: `${source} ${name} names ${found.dir}` }
  if (found !== undefined) return { several: matching, remedy: NAME_ONE }
  // A branch may have any name, but the variable is only set to choose a feature.
  return isExplicit
    ? {
        none: `${source} is ${name}, but no feature has that name.`,
        remedy: NAME_ONE,
        isNamed: true,
      }
    : undefined
}

/** Adds what the git branch names if that is another feature. */
function withOtherBranch(reader: WorkspaceReader, active: ActiveFeature): ActiveFeature {
  const branch = reader.branch()?.split('/').at(-1) ?? ''
  const number = PREFIX.exec(branch)?.[1]
  if (!('found' in active) || number === undefined || number === PREFIX.exec(active.found.id)?.[1])
    return active
  const doubt = `The git branch is ${branch}, but ${active.evidence}. Ask the user if that is not the feature that they mean.`
  return { ...active, doubt }
}

function featureFile(reader: WorkspaceReader): string {
  const project = initFolder(reader)
  return project === '' ? FEATURE_FILE : `${project}/${FEATURE_FILE}`
}

const FEATURE_FILE = '.specify/feature.json'
const SET_PROJECT =
  'Nothing else was looked at. Correct or unset the variable, or run /speckit.tasks in that folder.'
const PREFIX = /^(\d{8}-\d{6}|\d{3,})-/
const WRITE_TASKS = 'Run /speckit.tasks for the feature first.'
const NAME_ONE = 'Name the feature, or set SPECIFY_FEATURE to its folder.'
