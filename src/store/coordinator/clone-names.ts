import os from 'node:os'
import path from 'node:path'
import { writeFile } from '../files.ts'
import { readBytes } from '../read-file.ts'
import { gitFolderOf } from '../git-folder.ts'
import type { State } from '../state.ts'
import type { SharedCommit } from './coordinator.ts'

/**
 * Names of clones for humans, such as `build-7:shop`. The lines of the ledger have only the ids of clones, because they are committed, and
 * who works where is nobody's business there. So the names go through the store, beside the lines.
 */

/** The name of this clone: the host and the folder, without the path. */
export function cloneName({ root }: Pick<State, 'root'>): string {
  const folder = path.basename(gitFolderOf(root)?.top ?? root)
  return plainName(`${os.hostname()}:${folder}`)
}

/** A name as other clones may show it: assistants read it. */
export function plainName(name: string): string {
  return name.replaceAll(/[^\p{L}\p{N}._:-]/gu, '-').slice(0, MAX_LENGTH)
}

/** The name of a clone, to be attached to what it records. */
export function attachedName(state: State, clone: string): Record<string, string> {
  return { [`${FOLDER}/${clone}`]: cloneName(state) }
}

/** Keeps the names of other clones that came with their lines, outside of what can be committed. */
export function keepNames(state: State, own: string, commits: readonly SharedCommit[]): void {
  const names = new Map(commits.flatMap(({ attached = {} }) => Object.entries(attached)))
  for (const [place, name] of names) {
    const [, clone] = PLACE.exec(place) ?? []
    if (clone === undefined || clone === own || knownName(state, clone) === plainName(name))
      continue
    writeFile(fileOf(state, clone), plainName(name))
  }
}

/** The name of another clone; `undefined` if it is not known here. */
export function knownName(state: State, clone: string | undefined): string | undefined {
  if (clone === undefined || !PLACE.test(`${FOLDER}/${clone}`)) return undefined
  const name = readBytes(fileOf(state, clone))?.toString('utf8') ?? ''
  return name === '' ? undefined : plainName(name)
}

function fileOf(state: State, clone: string): string {
  return path.join(state.shared, FOLDER, clone)
}

const FOLDER = 'clones'
const PLACE = /^clones\/(\w{1,40})$/
const MAX_LENGTH = 80
