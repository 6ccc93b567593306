import { existsSync } from 'node:fs'
import { git } from './git.ts'
import type { State } from './state.ts'

/**
 * Files below `.redgreen/local` that git tracks, sorted. That folder belongs to one clone, so the repository brought them along.
 * `glob` and `icase`: on some disks `.RedGreen` is the same folder.
 */
export async function trackedLocalFiles({ root, local }: State): Promise<string[]> {
  if (!existsSync(local)) return []
  const listed = await git({ root }, ['ls-files', '-z', '--', ':(icase).redgreen/local'])
  return (listed ?? '').split('\0').filter(file => file !== '')
}
