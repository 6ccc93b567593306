import path from 'node:path'
import { existsSync } from 'node:fs'
import { isTestFile } from '../../plan/test-file.ts'
import type { Task } from '../../plan/plan.ts'
import type { Context } from './context.ts'

/**
 * The folder of another git repository (a submodule, or a clone inside the workspace) that holds all code that a task names, if
 * there is one. Snapshots do not contain its files, so no change there can prove the task.
 */
export function otherRepositoryOf(
  { workspace: { root } }: Pick<Context, 'workspace'>,
  { files }: Pick<Task, 'files'>,
): string | undefined {
  const code = files.filter(file => !isTestFile(file))
  const folders = code.map(file => repositoryAbove(root, file))
  const [first] = folders
  return folders.every(folder => folder !== undefined) ? first : undefined
}

function repositoryAbove(root: string, file: string): string | undefined {
  const parts = file.split('/').filter(part => part !== '')
  const above = parts.map((_, at) => parts.slice(0, at + 1).join('/'))
  return above.find(folder => existsSync(path.join(root, folder, '.git')))
}

/** What to do about a task whose code is in another repository. */
export function otherRepositoryText(root: string, folder: string): string {
  return `${folder} is a git repository of its own, and the server sees no change in it. Start the server in that repository (--root ${path.join(root, folder)}), with the plan there, or ask a human to waive the task.`
}
