import path from 'node:path'
import { formatList } from '../../plan/format-list.ts'

/** A project folder that was named at the start. */
export interface ServedWorkspace {
  /** Unique: the name of the folder, or its path if several have the same name. */
  name: string
  /** Absolute path. */
  root: string
}

/** The workspaces of these folders, which are absolute. */
export function servedWorkspaces(roots: readonly string[]): ServedWorkspace[] {
  const all = [...new Set(roots)]
  const isTaken = (name: string) => all.filter(root => path.basename(root) === name).length > 1
  return all.map(root => {
    const name = path.basename(root)
    return { name: name === '' || isTaken(name) ? root : name, root }
  })
}

/** The workspace that a request names, or the only one; otherwise why there is none, as a sentence. */
export function chosenWorkspace(
  all: readonly ServedWorkspace[],
  url: URL,
): ServedWorkspace | string {
  const [named, ...more] = url.searchParams.getAll('workspace')
  const [only, ...others] = all
  if (named === undefined && only !== undefined && others.length === 0) return only
  const found = all.find(({ name, root }) => name === named || root === named)
  if (found && more.length === 0) return found
  const addresses = formatList(
    all.map(workspace => workspaceAddress(url, workspace)),
    10,
  )
  return named === undefined
    ? `This server has several projects. Use one of these addresses: ${addresses}`
    : `This server has no project ${named.slice(0, 100)}. Its addresses: ${addresses}`
}

/** The address of a workspace for clients. */
export function workspaceAddress(base: URL | string, { name }: ServedWorkspace): string {
  const url = new URL('/mcp', base)
  url.searchParams.set('workspace', name)
  return url.href
}
