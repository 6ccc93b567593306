import type { Candidate, WorkspaceReader } from '../dialect.ts'
import { ConflictMarkers } from '../conflict-markers.ts'
import { Unreadable } from '../dialect.ts'
import { looksLikePlan } from './plan-file.ts'

/** Every plan file of the workspace, sorted by path. */
export function featuresOf(reader: WorkspaceReader): Candidate[] {
  return [...plansIn(reader, PLANS, 0), ...usualFiles(reader)]
    .filter(path => isPlan(reader, path))
    .sort()
    .map(path => ({ id: idOf(path), dir: path, tasks: path }))
}

/** The files outside of `docs/plans` that have a typical name, whatever they contain. */
export function usualFiles(reader: WorkspaceReader): string[] {
  return ELSEWHERE.flatMap(folder => namedIn(reader, folder))
}

/** Is this plan in an archive folder? */
export function isArchivedPlan(path: string): boolean {
  return /(^|\/)archived?\//.test(path)
}

function plansIn(reader: WorkspaceReader, folder: string, depth: number): string[] {
  return reader.list(folder).flatMap(name => {
    const path = `${folder}/${name}`
    if (name.endsWith('/'))
      return depth < MAX_DEPTH ? plansIn(reader, path.slice(0, -1), depth + 1) : []
    return name.endsWith('.json') ? [path] : []
  })
}

/** Outside of `docs/plans`, only files with a typical name are read. */
function namedIn(reader: WorkspaceReader, folder: string): string[] {
  const names = reader.list(folder).filter(name => PLAN_NAME.test(name))
  return names.map(name => (folder === '' ? name : `${folder}/${name}`))
}

function isPlan(reader: WorkspaceReader, path: string): boolean {
  try {
    return looksLikePlan(reader.read(path) ?? '', path)
  } catch (error) {
    // In `docs/plans`, reading the plan reports what is wrong; elsewhere the file is not a plan.
    if (error instanceof Unreadable || error instanceof ConflictMarkers)
      return path.startsWith(`${PLANS}/`)
    throw error
  }
}

/** The file name as id. Outside of `docs/plans`, the folders are part of it, because many files have the same name. */
function idOf(path: string): string {
  const parts = path.replace(/\.json$/i, '').split('/')
  if (path.startsWith(`${PLANS}/`)) return parts.slice(2).join('-')
  return parts.join('-')
}

const PLANS = 'docs/plans'
const MAX_DEPTH = 1
const ELSEWHERE = ['', 'docs', 'plans', 'tasks', 'ralph', 'ralph/prds', 'scripts/ralph', '.ralph']
const PLAN_NAME = /^(prd|feature[_-]?list)([._-].+)?\.json$|[._-]prd\.json$/i
