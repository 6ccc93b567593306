import { existsSync, statSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { dialects } from '../../dialects/index.ts'
import { gitFolderOf } from '../../store/git-folder.ts'
import { homeFolder } from '../../store/home-folder.ts'
import { SETTINGS_FILE } from '../../plan/settings-file.ts'
import { readTables } from '../../store/workflow-database.ts'
import { workspaceReader } from '../../store/workspace-reader.ts'
import { openWorkspace } from '../../store/workspace.ts'
import { clientFolders } from './client-folders.ts'
import { Refusal } from './refusal.ts'

/** A folder that could be the project. */
export interface FolderCandidate {
  folder: string
  /** Who named it, as a phrase, such as `--root`. */
  source: string
  /** False for the working directory, which nobody chose. */
  isNamed: boolean
}

/** The project folder of a call. */
export interface ProjectFolder {
  root: string
  /** Why another folder than the named one is used, as a phrase. */
  reason?: string
}

/** The folders that the environment names, or the working directory. */
export function environmentCandidates(env = process.env): FolderCandidate[] {
  const folder = env['CLAUDE_PROJECT_DIR']
  if (folder) return [{ folder, source: 'CLAUDE_PROJECT_DIR', isNamed: true }]
  const source = 'WORKSPACE_FOLDER_PATHS'
  const folders = clientFolders(env[source] ?? '')
  if (folders.length > 0) return folders.map(folder => ({ folder, source, isNamed: true }))
  return [{ folder: process.cwd(), source: 'the working directory', isNamed: false }]
}

/**
 * Chooses the project folder: the one with a plan; if none has one, a folder with a plan above them. Refuses if several have a
 * plan, and if nobody named a folder and the working directory is not a project, so that a home folder never becomes the workspace.
 */
export async function chooseProjectFolder(
  candidates: readonly FolderCandidate[],
): Promise<ProjectFolder> {
  const existing = candidates.filter(({ folder }) => openWorkspace(folder) !== undefined)
  const [first] = existing
  if (!first) throw noFolder(candidates)
  if (!first.isNamed && isTooHigh(realFolder(first.folder))) throw noProject(first.folder)
  const projects = await filter(existing, ({ folder }) => isKnown(folder))
  const folders = [...new Set(projects.map(({ folder }) => realFolder(folder)))]
  if (folders.length > 1) throw severalFolders(folders)
  const [project] = projects
  if (project) return found(project, candidates)
  for (const candidate of existing) {
    const above = await planAbove(realFolder(candidate.folder))
    if (above !== undefined) {
      return { root: above, reason: `${candidate.folder} has no plan, but the folder above has` }
    }
  }
  if (existing.length > 1) throw noPlanIn(existing)
  if (!first.isNamed && !looksLikeProject(first.folder)) throw noProject(first.folder)
  return { root: path.resolve(first.folder) }
}

function found(project: FolderCandidate, candidates: readonly FolderCandidate[]): ProjectFolder {
  const folder = path.resolve(project.folder)
  if (candidates.length === 1) return { root: folder }
  return { root: folder, reason: `it is the only ${project.source} with a plan` }
}

/** Whether the folder has a plan, or anything else that shows that redgreen is used there. */
async function isKnown(folder: string): Promise<boolean> {
  const isUsed = ['.redgreen', SETTINGS_FILE].some(name => existsSync(path.join(folder, name)))
  return isUsed || hasPlan(folder)
}

async function hasPlan(folder: string): Promise<boolean> {
  const workspace = openWorkspace(folder)
  if (!workspace) return false
  const reader = workspaceReader(workspace, await readTables(workspace))
  return dialects.some(dialect => dialect.detect(reader) !== undefined)
}

/** The nearest folder above that is known, within the same repository, below the home folder, and not open to other users. */
async function planAbove(folder: string): Promise<string | undefined> {
  const above = path.dirname(folder)
  const top = gitFolderOf(folder)?.top
  if (folder === top || isTooHigh(above) || isShared(above)) return undefined
  return (await isKnown(above)) ? above : planAbove(above)
}

/** Refuses a folder that is too high to be a project, such as the home folder. */
export function refuseNoProject(folder: string): void {
  if (isTooHigh(realFolder(folder))) throw noProject(folder)
}

function noProject(folder: string): Refusal {
  return new Refusal(
    'no_project',
    `The server was started in ${folder}, which is not a project, and nobody named another folder. Nothing was read or written.`,
    'Name the project folder: add "--root" and its path to the arguments, set REDGREEN_ROOT, or start it in the project.',
  )
}

/** The root of the file system, the home folder, and the folder that contains the homes. */
function isTooHigh(folder: string): boolean {
  const home = homeFolder()
  const homes = home === undefined ? [] : [realFolder(home), path.dirname(realFolder(home))]
  return [path.parse(folder).root, ...homes].includes(folder)
}

/** Whether another user could have put a plan here, for example because it is a temporary folder. */
function isShared(folder: string): boolean {
  const { uid, mode } = statSync(folder)
  return (process.getuid !== undefined && uid !== process.getuid()) || (mode & 0o002) !== 0
}

/** Does the folder belong to a repository, or contain the manifest of a package? */
function looksLikeProject(folder: string): boolean {
  const isPackage = MANIFESTS.some(name => existsSync(path.join(folder, name)))
  return isPackage || gitFolderOf(realFolder(folder)) !== undefined
}

const MANIFESTS = [
  'package.json',
  'deno.json',
  'pyproject.toml',
  'setup.py',
  'requirements.txt',
  'go.mod',
  'Cargo.toml',
  'Gemfile',
  'composer.json',
  'pom.xml',
  'build.gradle',
  'build.gradle.kts',
  'CMakeLists.txt',
  'Makefile',
  'cpanfile',
]

function realFolder(folder: string): string {
  return openWorkspace(folder)?.root ?? path.resolve(folder)
}

async function filter<Item>(items: readonly Item[], test: (item: Item) => Promise<boolean>) {
  const results = await Promise.all(items.map(test))
  return items.filter((_, index) => results[index])
}

function noFolder(candidates: readonly FolderCandidate[]): Refusal {
  const names = candidates.map(({ folder, source }) => `${folder} (${source})`)
  return new Refusal(
    'no_feature',
    `There is no folder ${names.join(' or ')}, so no plan was read.`,
    'Start the server with --root and the folder of the project, or set REDGREEN_ROOT.',
  )
}

function severalFolders(folders: readonly string[]): Refusal {
  return new Refusal(
    'ambiguous_feature',
    `Several folders of the client have a plan: ${folders.join(', ')}.`,
    'Nothing was done. Start the server with --root and one of them.',
  )
}

function noPlanIn(candidates: readonly FolderCandidate[]): Refusal {
  const names = candidates.map(({ folder }) => folder)
  return new Refusal(
    'no_feature',
    `None of these folders has a plan in a known format: ${names.join(', ')}. Nothing was done.`,
    'Start the server with --root and the folder that has the plan, or write a plan first.',
  )
}
