import path from 'node:path'
import { existsSync, readdirSync } from 'node:fs'
import { isTestFile } from '../../plan/test-file.ts'
import type { Task } from '../../plan/plan.ts'
import { isMissing } from '../../store/files.ts'
import type { Context } from './context.ts'

/**
 * The folder of another git repository (a submodule, or a clone inside the workspace) that holds all code that a task names, if
 * there is one. Snapshots do not contain its files, so no change there can prove the task.
 */
export function otherRepositoryOf(
  context: Pick<Context, 'workspace'>,
  task: Pick<Task, 'files'>,
): string | undefined {
  return otherRepositories(context)(task)
}

/** The same for many tasks at one moment: each folder is looked at once. */
export function otherRepositories({
  workspace: { root },
}: Pick<Context, 'workspace'>): (task: Pick<Task, 'files'>) => string | undefined {
  const above = repositoryAbove(root)
  return ({ files }) => {
    // Of most tasks, no file is in another repository.
    if (files.every(file => above(file) === undefined)) return undefined
    const [first, ...rest] = files.filter(file => !isTestFile(file))
    const folder = first === undefined ? undefined : above(first)
    return folder !== undefined && rest.every(file => above(file) !== undefined)
      ? folder
      : undefined
  }
}

function repositoryAbove(root: string): (file: string) => string | undefined {
  const names = once((folder: string) => namesIn(path.join(root, folder)))
  const isRepository = once((folder: string) => existsSync(path.join(root, folder, '.git')))
  return file => {
    let folder = ''
    for (const part of file.split('/').filter(part => part !== '')) {
      // Most plans name files that do not exist yet. Nothing is below them.
      if (names(folder)?.has(asListed(part)) === false) return undefined
      folder = folder === '' ? part : `${folder}/${part}`
      if (isRepository(folder)) return folder
    }
    return undefined
  }
}

/** The names in a folder; `undefined` if it cannot be listed, which says nothing about what is in it. */
function namesIn(folder: string): Set<string> | undefined {
  try {
    return new Set(['.', '..', ...readdirSync(folder)].map(asListed))
  } catch (error) {
    return isMissing(error) ? new Set() : undefined
  }
}

/** Some file systems find a name in another case or another form of its letters. */
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
