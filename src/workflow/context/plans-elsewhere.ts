import { existsSync, readdirSync } from 'node:fs'
import path from 'node:path'
import type { WorkspaceReader } from '../../dialects/dialect.ts'
import { dialects } from '../../dialects/index.ts'
import { formatList } from '../../plan/format-list.ts'
import { workspaceReader } from '../../store/workspace-reader.ts'
import { openWorkspace } from '../../store/workspace.ts'
import { otherWorktrees } from '../../store/worktrees.ts'

/** A sentence about the worktrees and nested repositories of a workspace without a plan that have one; empty if none has. */
export function plansElsewhere(root: string): string {
  // The caller may have named the workspace by a relative path or through a link.
  const own = openWorkspace(root)?.root ?? root
  const others = [...otherWorktrees(own), ...nestedRepositories(own, 0)]
  const all = [...new Set(others.map(folder => openWorkspace(folder)?.root ?? folder))]
  const folders = all.filter(folder => folder !== own && hasPlan(folder)).sort()
  if (folders.length === 0) return ''
  const [first = ''] = folders
  const one = folders.length === 1
  return `${one ? 'There is a plan' : 'There are plans'} in ${formatList(folders, MAX_LISTED)}, ${one ? 'a repository or worktree of its own' : 'repositories or worktrees of their own'}. To work on it, start the server with --root ${first}.`
}

/** A sentence about files of the workspace that may be meant as a plan, with the step that chooses one; empty if there is none. */
export function offeredPlans(reader: WorkspaceReader): string {
  const files = offeredFiles(reader)
  const [first] = files
  if (first === undefined) return withoutTasks(reader)
  const fact = files.length === 1 ? 'has boxes' : 'have boxes'
  return `But ${formatList(files, MAX_LISTED)} ${fact} and may be the plan. If the user agrees, name it in the argument \`feature\`: ${first}. For all calls, a human runs \`redgreen init ${first}\`.`
}

/** Sentences about files that are named like a plan but are not one; empty if there is none. */
export function misreadPlans(reader: WorkspaceReader): string {
  return misread(reader).slice(0, MAX_LISTED).join(' ')
}

/** The sentence about the file that a caller named. */
export function misreadPlan(reader: WorkspaceReader, file: string): string | undefined {
  return misread(reader).find(text => text.startsWith(`${file} `))
}

function misread(reader: WorkspaceReader): string[] {
  return dialects.flatMap(dialect => dialect.misread?.(reader) ?? [])
}

function withoutTasks(reader: WorkspaceReader): string {
  const files = filesWithoutTasks(reader)
  const [first] = files
  if (first === undefined) return ''
  const fact = files.length === 1 ? 'has no box' : 'have no box'
  return `But ${formatList(files, MAX_LISTED)} ${fact}, so no task was found there. If it is the plan, write each task as a line such as \`- [ ] Add slugs\`, and name it in the argument \`feature\`: ${first}. For all calls, a human then runs \`redgreen init ${first}\`.`
}

/** Files of the workspace that are named like a plan but have no task. */
export function filesWithoutTasks(reader: WorkspaceReader): string[] {
  return dialects.flatMap(dialect => dialect.lacksTasks?.(reader) ?? [])
}

/** Files of the workspace that may be meant as a plan. */
export function offeredFiles(reader: WorkspaceReader): string[] {
  return dialects.flatMap(dialect => dialect.offers?.(reader) ?? [])
}

function nestedRepositories(folder: string, depth: number): string[] {
  return foldersIn(folder).flatMap(name => {
    if (name === '.git' || name === 'node_modules') return []
    const place = path.join(folder, name)
    if (existsSync(path.join(place, '.git'))) return [place]
    return depth < MAX_DEPTH ? nestedRepositories(place, depth + 1) : []
  })
}

function foldersIn(folder: string): string[] {
  try {
    const entries = readdirSync(folder, { withFileTypes: true })
    return entries.filter(entry => entry.isDirectory()).map(({ name }) => name)
  } catch {
    // A folder that cannot be read has no plan to offer.
    return []
  }
}

function hasPlan(folder: string): boolean {
  const workspace = openWorkspace(folder)
  if (workspace === undefined) return false
  const reader = workspaceReader(workspace, new Map())
  return dialects.some(dialect => dialect.detect(reader) !== undefined)
}

const MAX_DEPTH = 2
const MAX_LISTED = 3
