import path from 'node:path'
import { existsSync, readdirSync } from 'node:fs'
import { isTestFile } from '../../plan/test-file.ts'
import { rememberedWithoutMarks } from '../../plan/changed-marks.ts'
import type { Plan, Task } from '../../plan/plan.ts'
import { isMissing } from '../../store/read-file.ts'
import type { Context } from './context.ts'

/**
 * The folder of another git repository (a submodule, or a clone inside the workspace) that holds all code that a task names, if
 * there is one. Snapshots do not contain its files, so no change there can prove the task.
 */
export function otherRepositoryOf(
  context: Pick<Context, 'workspace'>,
  task: Pick<Task, 'files'>,
): string | undefined {
  return otherRepositories(context).of(task)
}

/** The same for many tasks. Each folder is read once. */
export function otherRepositories({
  workspace: { root },
}: Pick<Context, 'workspace'>): OtherRepositories {
  const look = folderListings(root)
  const above = (file: string) => repositoryAbove(look, file)
  return {
    areNamed: plan => [...placesIn(plan)].some(place => isNamedIn(look, place)),
    of({ files }) {
      const [first, ...rest] = files.filter(file => !isTestFile(file))
      const folder = first === undefined ? undefined : above(first)
      return folder !== undefined && rest.every(file => above(file) !== undefined)
        ? folder
        : undefined
    },
  }
}

interface OtherRepositories {
  of: (task: Pick<Task, 'files'>) => string | undefined
  /** Whether a task of the plan may name code in another repository. Almost always not, and its folders alone show that. */
  areNamed: (plan: Plan) => boolean
}

/** The folders in which the tasks of a plan name something, with these names in the form that a listing has. */
const placesIn = rememberedWithoutMarks(({ tasks }: Plan): Map<string, Map<string, string[]>> => {
  const places = new Map<string, Map<string, string[]>>()
  for (const file of new Set(tasks.flatMap(({ files }) => files))) {
    const parts = partsOf(file)
    const name = parts.pop() ?? ''
    const folder = parts.join('/')
    const names = places.get(folder) ?? new Map<string, string[]>()
    names.set(asListed(name), [...(names.get(asListed(name)) ?? []), name])
    places.set(folder, names)
  }
  return places
})

function isNamedIn(
  look: FolderListings,
  [folder, names]: [string, ReadonlyMap<string, string[]>],
): boolean {
  if (repositoryAbove(look, folder) !== undefined) return true
  const listed = look.names(folder)
  const present = listed
    ? [...listed].flatMap(name => names.get(name) ?? [])
    : [...names.values()].flat()
  return present.some(name => look.isRepository(folder === '' ? name : `${folder}/${name}`))
}

/** Cached listings of the folders of a workspace. */
interface FolderListings {
  names: (folder: string) => Set<string> | undefined
  isRepository: (folder: string) => boolean
}

function folderListings(root: string): FolderListings {
  return {
    names: once(folder => namesIn(path.join(root, folder))),
    isRepository: once(folder => existsSync(path.join(root, folder, '.git'))),
  }
}

function repositoryAbove(
  { names, isRepository }: FolderListings,
  file: string,
): string | undefined {
  let folder = ''
  for (const part of partsOf(file)) {
    // Most plans name files that do not exist yet. Nothing is below them.
    if (names(folder)?.has(asListed(part)) === false) return undefined
    folder = folder === '' ? part : `${folder}/${part}`
    if (isRepository(folder)) return folder
  }
  return undefined
}

function partsOf(file: string): string[] {
  return file.split('/').filter(part => part !== '')
}

/** The names in a folder; `undefined` if it cannot be listed, which says nothing about what is in it. */
function namesIn(folder: string): Set<string> | undefined {
  try {
    return new Set(['.', '..', ...readdirSync(folder)].map(asListed))
  } catch (error) {
    return isMissing(error) ? new Set() : undefined
  }
}

/** Normalizes case and Unicode form, because some file systems ignore both. */
function asListed(name: string): string {
  return name.normalize('NFC').toLowerCase()
}

function once<Value>(answer: (folder: string) => Value): (folder: string) => Value {
  const known = new Map<string, { value: Value }>()
  return folder => {
    const { value } = known.get(folder) ?? { value: answer(folder) }
    known.set(folder, { value })
    return value
  }
}

/** What to do about a task whose code is in another repository. */
export function otherRepositoryText(root: string, folder: string): string {
  return `${folder} is a git repository of its own, and the server sees no change in it. Start the server in that repository (--root ${path.join(root, folder)}), with the plan there, or ask a human to waive the task.`
}
