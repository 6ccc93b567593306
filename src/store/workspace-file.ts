import { constants } from 'node:fs'
import path from 'node:path'
import { disk } from './disk.ts'
import { FileTooLarge, isMissing, MAX_TEXT_BYTES } from './read-file.ts'
import {
  absolute,
  contain,
  leaves,
  Outside,
  type RealFolders,
  type Workspace,
} from './workspace.ts'

/**
 * The bytes of a file of the workspace; only the size if it has more than `most` bytes; `undefined` if it is not a file. The opened
 * file is checked again, because a link may change between the check and the open.
 */
export function readWorkspaceFile(workspace: Workspace, named: string): Buffer | undefined
export function readWorkspaceFile(
  workspace: Workspace,
  named: string,
  most: number,
  folders?: RealFolders,
): Buffer | number | undefined
export function readWorkspaceFile(
  workspace: Workspace,
  named: string,
  most = Infinity,
  folders?: RealFolders,
): Buffer | number | undefined {
  // If the system does not report the path of an open file, a file that was just replaced looks like one outside.
  for (let tries = 0; tries < TRIES; tries += 1) {
    const handle = opened(absolute(workspace, contain(workspace, named, folders)))
    if (handle === undefined) return undefined
    try {
      const { isFile, size } = disk.statOpen(handle)
      if (!isFile) return undefined
      if (!isInside(workspace, named, handle)) continue
      if (size > most) return size
      if (size > MAX_TEXT_BYTES) throw new FileTooLarge(named, size, MAX_TEXT_BYTES)
      return disk.readAt(handle, size, 0)
    } finally {
      disk.close(handle)
    }
  }
  throw new Outside(named, 'leads out of the workspace through a symbolic link')
}

const TRIES = 20

/** Refuses to write to places that configure programs or hold secrets, whatever a plan or a link says. */
export function refuseReservedPath(workspace: Workspace, real: string): void {
  const relative = path.relative(workspace.root, real)
  if (leaves(relative)) throw new Outside(real, 'is outside the workspace')
  const parts = relative.split(path.sep).map(part => part.toLowerCase().replace(/[. ]+$/, ''))
  const reserved = parts.find(part => RESERVED.has(part) || part.startsWith('.env'))
  if (reserved !== undefined) throw new Outside(relative, 'is not a file that marks are written to')
}

const RESERVED = new Set(
  '.git .husky .npmrc .yarnrc .yarnrc.yml .mcp.json mcp.json opencode.json .vscode .cursor .windsurf .claude .codex .gemini .idea .zed .redgreen'.split(
    ' ',
  ),
)

function opened(file: string): number | undefined {
  try {
    // Opening a pipe without a writer would block for ever.
    return disk.open(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0))
  } catch (error) {
    if (isMissing(error)) return undefined
    throw error
  }
}

function isInside(workspace: Workspace, named: string, handle: number): boolean {
  const place = disk.pathOf(handle)
  if (place !== undefined) return !leaves(path.relative(workspace.root, place))
  const now = disk.stat(absolute(workspace, contain(workspace, named)))
  return now?.stamp === disk.statOpen(handle).stamp
}
