import type { Dialect } from './dialect.ts'
import { dialects } from './index.ts'

/** Is this path in a folder that contains plans of any dialect? */
export function isInPlanFolder(path: string): boolean {
  return ANYWHERE.test(path)
}

/** Is this path in a folder that contains plans of this dialect? */
export function isInFoldersOf({ folders }: Pick<Dialect, 'folders'>, path: string): boolean {
  return new RegExp(`(?:^|/)(?:${folders.source})/`).test(path)
}

/** The folder of the project that a folder of plans belongs to; empty for the workspace itself. */
export function projectFolder(dir: string): string {
  if (AT_START.test(dir)) return ''
  return BELOW_PROJECT.exec(dir)?.[1] ?? folderOfFile(dir)
}

/** The folder of a plan that is a single file, without a folder of documents: `apps/web` for `apps/web/docs/PLAN.md`. */
function folderOfFile(dir: string): string {
  if (!/\.md$/i.test(dir)) return ''
  const folders = dir.split('/').slice(0, -1)
  const documents = folders.indexOf('docs')
  return folders.slice(0, documents < 0 ? folders.length : documents).join('/')
}

const FOLDERS = `(?:${dialects.map(({ folders }) => folders.source).join('|')})(?:/|$)`
const ANYWHERE = new RegExp(`(?:^|/)${FOLDERS}`)
const AT_START = new RegExp(`^${FOLDERS}`)
const BELOW_PROJECT = new RegExp(`^(.+?)/${FOLDERS}`)
