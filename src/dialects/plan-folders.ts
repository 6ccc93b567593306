import type { Dialect } from './dialect.ts'
import { dialects } from './index.ts'
import { jsonPlan } from './json-plan/json-plan.ts'

/** Is this path in a folder that contains plans of any dialect? */
export function isInPlanFolder(path: string): boolean {
  return ANYWHERE.test(path)
}

/** The dialect that keeps its plans in the folder of this Markdown file; of several, the one that names the folder most closely. */
export function folderOwner(file: string): Dialect | undefined {
  const owners = OWNERS.map(({ dialect, folder }) => {
    const length = folder.exec(file)?.[0].length ?? 0
    return { dialect, length }
  })
  const [owner] = owners.toSorted((one, other) => other.length - one.length)
  return owner && owner.length > 0 ? owner.dialect : undefined
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

/** A checklist may be beside plans that are JSON files. */
const OWNERS = dialects
  .filter(dialect => dialect.featureInFile === undefined && dialect !== jsonPlan)
  .map(dialect => ({ dialect, folder: new RegExp(`(?:^|/)(?:${dialect.folders.source})/`) }))
