import { lstatSync } from 'node:fs'
import path from 'node:path'
import { gitConfiguration } from './git-configuration.ts'
import type { Workspace } from './workspace.ts'

/** The part of a clone that objects and references are written to without a process of git. */
export interface ObjectStore {
  /** Absolute path of the folder of git's objects. */
  objects: string
  /** Absolute path of git's folder that all worktrees share. */
  common: string
}

/** The object store of a workspace; `undefined` if the repository is not of the usual form, so that only git itself can write to it. */
export async function objectStoreOf(workspace: Workspace): Promise<ObjectStore | undefined> {
  if (process.platform === 'win32') return undefined
  const configuration = await gitConfiguration(workspace)
  if (!configuration) return undefined
  const { folder, values } = configuration
  const isUnusual = [...values.keys()].some(name => UNUSUAL.test(name) && !USUAL.has(name))
  // Git refuses the repository of another user.
  if (isUnusual || lstatSync(folder.common).uid !== process.getuid?.()) return undefined
  return { objects: path.join(folder.common, 'objects'), common: folder.common }
}

/** Other ids, other references, and files that a group shares. */
const UNUSUAL = /^extensions\.|^core\.sharedrepository$/
const USUAL = new Set(['extensions.worktreeconfig', 'extensions.partialclone'])
