import { readdirSync } from 'node:fs'
import path from 'node:path'
import { parse } from 'yaml'
import { globPattern, type PathPattern } from '../runner/glob.ts'
import { openPackage, rootPackage, type Package } from './package-view.ts'
import type { Workspace } from './workspace.ts'

/** A package of a workspace of npm, pnpm, Yarn, Bun or Lerna. */
export interface Member extends Package {
  /** Relative to the workspace, separated by `/`. */
  path: string
  name: string
}

/** The packages that the root of the workspace names as its members. */
export function workspaceMembers(workspace: Workspace): Member[] {
  const { view } = rootPackage(workspace)
  const patterns = [
    ...stringsIn(view.manifest?.['workspaces']),
    ...stringsIn(fieldOf(view.manifest?.['workspaces'], 'packages')),
    ...stringsIn(fieldOf(parsed(view.read('pnpm-workspace.yaml')), 'packages')),
    ...stringsIn(fieldOf(parsed(view.read('lerna.json')), 'packages')),
  ]
  const wanted = patterns.filter(pattern => !pattern.startsWith('!')).map(globPattern)
  const excluded = patterns.filter(pattern => pattern.startsWith('!')).map(withoutMark)
  if (wanted.length === 0) return []
  return foldersIn(workspace.root, '', MAX_DEPTH).flatMap(folder => {
    if (!wanted.some(one => one.test(folder)) || excluded.some(one => one.test(folder))) return []
    const found = openPackage(path.join(workspace.root, folder))
    const name = found.view.manifest?.['name']
    if (!found.view.manifest) return []
    return [{ ...found, path: folder, name: typeof name === 'string' ? name : folder }]
  })
}

/** The members that filters such as `web`, `./packages/*` or `@scope/*` choose; all if none fits or there is no filter. */
export function chosenMembers(members: readonly Member[], filters: readonly string[]): Member[] {
  const patterns = filters.map(filter => globPattern(filter.replace(/^[{]|[}]$|\.\.\.|\^/g, '')))
  const chosen = members.filter(({ path, name }) =>
    patterns.some(one => one.test(path) || one.test(name) || one.test(name.replace(/^@.*\//, ''))),
  )
  return chosen.length > 0 ? chosen : [...members]
}

/** How deep members are looked for. */
const MAX_DEPTH = 4

function foldersIn(root: string, below: string, depth: number): string[] {
  if (depth === 0) return []
  return entriesIn(path.join(root, below)).flatMap(name => {
    const folder = below === '' ? name : `${below}/${name}`
    return [folder, ...foldersIn(root, folder, depth - 1)]
  })
}

function entriesIn(folder: string): string[] {
  try {
    const entries = readdirSync(folder, { withFileTypes: true })
    return entries
      .filter(entry => entry.isDirectory() && !/^\.|^node_modules$/.test(entry.name))
      .map(({ name }) => name)
      .toSorted()
  } catch {
    // A folder that cannot be read holds no member.
    return []
  }
}

function withoutMark(pattern: string): PathPattern {
  return globPattern(pattern.slice(1))
}

/** The value of a JSON or YAML file; `undefined` if it is missing or invalid. */
function parsed(text: string | undefined): unknown {
  try {
    const value: unknown = text === undefined ? undefined : parse(text)
    return value
  } catch {
    return undefined
  }
}

function fieldOf(value: unknown, field: string): unknown {
  const entries = typeof value === 'object' && value !== null ? Object.entries(value) : []
  return new Map<string, unknown>(entries).get(field)
}

function stringsIn(value: unknown): string[] {
  return Array.isArray(value) ? value.filter(one => typeof one === 'string') : []
}
