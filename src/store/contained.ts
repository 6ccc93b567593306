import { constants } from 'node:fs'
import path from 'node:path'
import { disk } from './disk.ts'
import { isMissing } from './files.ts'
import { absolute, contain, leaves, Outside, type Workspace } from './workspace.ts'

/**
 * The bytes of a file of the workspace. What was opened is looked at once more: a link may have been turned between
 * looking and opening. Gives the size alone of a file with more than `most` bytes, and `undefined` for what is no file.
 */
export function readContained(workspace: Workspace, named: string): Buffer | undefined
export function readContained(
  workspace: Workspace,
  named: string,
  most: number,
): Buffer | number | undefined
export function readContained(
  workspace: Workspace,
  named: string,
  most = Infinity,
): Buffer | number | undefined {
  // Where the system does not say what was opened, a file that was replaced just then looks like one elsewhere.
  for (let tries = 0; tries < TRIES; tries += 1) {
    const handle = opened(absolute(workspace, contain(workspace, named)))
    if (handle === undefined) return undefined
    try {
      const { isFile, size } = disk.lookAt(handle)
      if (!isFile) return undefined
      if (!isInside(workspace, named, handle)) continue
      return size > most ? size : disk.readAt(handle, size, 0)
    } finally {
      disk.close(handle)
    }
  }
  throw new Outside(named, 'leads out of the workspace through a symbolic link')
}

const TRIES = 20

/** Nothing is ever written where programs look for what to run, or where secrets are; whatever a plan or a link says. */
export function refuseReserved(workspace: Workspace, real: string): void {
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
    // A pipe without a writer would keep us waiting for ever.
    return disk.open(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0))
  } catch (error) {
    if (isMissing(error)) return undefined
    throw error
  }
}

function isInside(workspace: Workspace, named: string, handle: number): boolean {
  const place = disk.whereIs(handle)
  if (place !== undefined) return !leaves(path.relative(workspace.root, place))
  const now = disk.look(absolute(workspace, contain(workspace, named)))
  return now?.stamp === disk.lookAt(handle).stamp
}
