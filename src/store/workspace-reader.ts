import { readdirSync, statSync, type Stats } from 'node:fs'
import path from 'node:path'
import { refuseConflictMarkers } from '../dialects/conflict-markers.ts'
import { Unsupported, type WorkspaceReader } from '../dialects/dialect.ts'
import { isInPlanFolder } from '../dialects/plan-folders.ts'
import { readWorkspaceFile } from './workspace-file.ts'
import { decodeText } from './text-encoding.ts'
import { checkedOut } from './git-folder.ts'
import type { Tables } from './workflow-database.ts'
import {
  absolute,
  contain,
  Outside,
  statusWithin,
  type RealFolders,
  type Workspace,
} from './workspace.ts'

/** A larger file is not a plan. In bytes. */
const MAX_BYTES = 4 * 1024 * 1024

/** The workspace for the dialects: read-only, and only files inside it. */
export function workspaceReader(workspace: Workspace, tables: Tables): WorkspaceReader {
  const folders: RealFolders = new Map()
  const within = (relative: string) => inside(workspace, relative, folders)
  const look = (relative: string) => statusInside(workspace, relative, folders)
  return {
    read(relative) {
      const plain = look(relative)
      if (plain ? !plain.stat : within(relative) === undefined) return undefined
      return readText(workspace, relative, folders)
    },
    exists(relative) {
      const plain = look(relative)
      if (plain) return plain.stat !== undefined
      const file = within(relative)
      return file !== undefined && isThere(file, relative)
    },
    list(relative) {
      if (relative === '') return listFolder(workspace.root, relative)
      const plain = look(relative)
      if (plain)
        return plain.stat?.isDirectory() ? listFolder(absolute(workspace, relative), relative) : []
      const folder = within(relative)
      return folder === undefined ? [] : listFolder(folder, relative)
    },
    rows: table => tables.get(table) ?? [],
    branch: () => checkedOut(workspace.root),
    variable: name => process.env[name],
  }
}

/** The same as `statusWithin`, but a path outside the workspace has no status. */
function statusInside(
  workspace: Workspace,
  relative: string,
  folders: RealFolders,
): { stat: Stats | undefined } | undefined {
  try {
    return statusWithin(workspace, relative, folders)
  } catch (error) {
    if (error instanceof Outside) return { stat: undefined }
    throw error
  }
}

function inside(workspace: Workspace, relative: string, folders: RealFolders): string | undefined {
  try {
    return absolute(workspace, contain(workspace, relative, folders))
  } catch (error) {
    if (error instanceof Outside) return undefined
    throw error
  }
}

function readText(
  workspace: Workspace,
  relative: string,
  folders: RealFolders,
): string | undefined {
  const bytes = bytesOf(workspace, relative, folders)
  if (!bytes) return undefined
  if (typeof bytes === 'number') {
    const megabytes = (bytes / 1024 / 1024).toFixed(1)
    throw new Unsupported(relative, 1, `It has ${megabytes} MB; a plan may have 4 MB.`)
  }
  const file = absolute(workspace, relative)
  const known = TEXTS.get(file)
  if (known?.bytes.equals(bytes)) return known.text
  refuseBinary(bytes, relative)
  const text = decodeText(bytes)
  refuseConflictMarkers(relative, text)
  if (bytes.length >= MIN_CACHED_BYTES) remember(file, { bytes, text })
  return text
}

interface KnownText {
  bytes: Buffer
  text: string
}

/** The long files that were read last: to decode and check the text of a plan takes longer than to compare its bytes. */
const TEXTS = new Map<string, KnownText>()

/** The plans of a few features. */
const CACHE_SIZE = 4
const MIN_CACHED_BYTES = 16 * 1024

function remember(file: string, known: KnownText): void {
  TEXTS.delete(file)
  TEXTS.set(file, known)
  const [oldest] = TEXTS.keys()
  if (TEXTS.size > CACHE_SIZE && oldest !== undefined) TEXTS.delete(oldest)
}

function bytesOf(
  workspace: Workspace,
  relative: string,
  folders: RealFolders,
): Buffer | number | undefined {
  try {
    return readWorkspaceFile(workspace, relative, MAX_BYTES, folders)
  } catch (error) {
    if (!isDenied(error)) throw error
    throw new Unsupported(relative, 1, `The file cannot be read (${error.code}).`)
  }
}

function isThere(file: string, relative: string): boolean {
  try {
    return statSync(file, { throwIfNoEntry: false }) !== undefined
  } catch (error) {
    return refuseIfPlan(error, relative, false)
  }
}

function refuseBinary(bytes: Buffer, relative: string): void {
  const mark = bytes.subarray(0, 2).toString('hex')
  if (mark === 'fffe' || mark === 'feff') {
    throw new Unsupported(relative, 1, 'It is written in UTF-16. Save it as UTF-8.')
  }
  const nul = bytes.indexOf(0)
  if (nul < 0) return
  const line = bytes.subarray(0, nul).toString('latin1').split('\n').length
  throw new Unsupported(relative, line, 'It contains a NUL character, so it is not text.')
}

function listFolder(folder: string, relative: string): string[] {
  try {
    const entries = readdirSync(folder, { withFileTypes: true })
    return entries.map(entry => entry.name + (isFolder(folder, entry) ? '/' : '')).sort()
  } catch (error) {
    return refuseIfPlan(error, relative, [])
  }
}

/** A folder that may not be read is skipped, such as the data of a database. Refused only if the plan is in it. */
function refuseIfPlan<T>(error: unknown, relative: string, skipped: T): T {
  if (isDenied(error) && (relative === '' || isInPlanFolder(relative)))
    throw new Unsupported(relative, 1, `The folder cannot be read (${error.code}).`)
  return skipped
}

function isDenied(error: unknown): error is Error & { code: string } {
  return (
    error instanceof Error && 'code' in error && (error.code === 'EACCES' || error.code === 'EPERM')
  )
}

function isFolder(
  folder: string,
  entry: { name: string; isDirectory(): boolean; isSymbolicLink(): boolean },
): boolean {
  if (!entry.isSymbolicLink()) return entry.isDirectory()
  try {
    const target = statSync(path.join(folder, entry.name), { throwIfNoEntry: false })
    return target?.isDirectory() ?? false
  } catch {
    // What a link leads to may not be read.
    return false
  }
}
