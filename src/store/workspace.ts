import { lstatSync, realpathSync, type Stats } from 'node:fs'
import path from 'node:path'

/** A path that a caller named and that the server must not touch; `why` completes "The path X …". */
export class Outside extends Error {
  override name = 'Outside'
  readonly named: string
  readonly why: string

  constructor(named: string, why: string) {
    super(`The path ${JSON.stringify(named)} ${why}.`)
    this.named = named
    this.why = why
  }
}

/** The project folder. Paths inside it are relative to `root` and separated by `/`. */
export interface Workspace {
  /** Absolute, without symbolic links. */
  root: string
}

/** Opens a folder as a workspace; `undefined` if it is not a folder. */
export function openWorkspace(folder: string): Workspace | undefined {
  try {
    const root = realpathSync.native(path.resolve(folder))
    return lstatSync(root).isDirectory() ? { root } : undefined
  } catch {
    return undefined
  }
}

/** Folders with their links resolved, by absolute path; `undefined` for a link without a target. */
export type RealFolders = Map<string, string | undefined>

/**
 * The relative form of a path; throws `Outside` if it leaves the workspace, also through a link.
 *
 * @param folders what is known of its folders, for many questions within a moment
 */
export function contain(
  workspace: Workspace,
  named: string,
  folders: RealFolders = new Map(),
): string {
  const absolute = placeOf(workspace, named)
  const real = realOf(workspace, absolute, folders)
  if (real === undefined) throw new Outside(named, 'is a symbolic link that leads nowhere')
  if (leaves(path.relative(workspace.root, real))) {
    throw new Outside(named, 'leads out of the workspace through a symbolic link')
  }
  return toSlashes(path.relative(workspace.root, absolute))
}

/** The status of a path in the workspace, with few system calls; `undefined` if it is a link or outside, and `contain` has to decide. */
export function statusWithin(
  workspace: Workspace,
  named: string,
  folders: RealFolders,
): { stat: Stats | undefined } | undefined {
  const absolute = placeOf(workspace, named)
  const parent = realOf(workspace, path.dirname(absolute), folders)
  if (parent === undefined || leaves(path.relative(workspace.root, parent))) return undefined
  try {
    const stat = lstatSync(path.join(parent, path.basename(absolute)), { throwIfNoEntry: false })
    return stat?.isSymbolicLink() === true ? undefined : { stat }
  } catch {
    // The reason is found when the file is used.
    return undefined
  }
}

/** The absolute form of a path; throws `Outside` if it is none of a file in the workspace, whatever is there. */
function placeOf(workspace: Workspace, named: string): string {
  if (named.trim() === '') throw new Outside(named, 'is empty')
  if (named.length > MAX_PATH_LENGTH) throw new Outside(`${named.slice(0, 60)}…`, 'is too long')
  if (named.includes('\0')) throw new Outside(named, 'contains a NUL character')
  const absolute = path.resolve(workspace.root, named)
  const relative = path.relative(workspace.root, absolute)
  if (relative === '') throw new Outside(named, 'is the workspace itself')
  if (leaves(relative)) throw new Outside(named, 'is outside the workspace')
  return absolute
}

/** Longest path that file systems accept. */
const MAX_PATH_LENGTH = 4000

/** The absolute form of a path inside the workspace. */
export function absolute(workspace: Workspace, relative: string): string {
  return path.join(workspace.root, relative)
}

/** The path with `/` as separator, on every platform. */
export function toSlashes(native: string): string {
  return path.sep === '/' ? native : native.split(path.sep).join('/')
}

/** Whether a relative path leads out of its base folder. */
export function leaves(relative: string): boolean {
  return relative === '..' || relative.startsWith(`..${path.sep}`) || path.isAbsolute(relative)
}

/** A path of the workspace with links resolved as far as it exists; `undefined` for a link without a target. */
function realOf(
  workspace: Workspace,
  absolutePath: string,
  folders: RealFolders,
): string | undefined {
  // The path of the workspace itself has no links.
  if (absolutePath === workspace.root) return absolutePath
  const parent = path.dirname(absolutePath)
  if (!folders.has(parent)) folders.set(parent, realOf(workspace, parent, folders))
  const real = folders.get(parent)
  if (real === undefined) return undefined
  const place = path.join(real, path.basename(absolutePath))
  return isLink(place) ? targetOf(place) : place
}

function targetOf(link: string): string | undefined {
  try {
    return realpathSync.native(link)
  } catch {
    return undefined
  }
}

function isLink(absolutePath: string): boolean {
  try {
    return lstatSync(absolutePath, { throwIfNoEntry: false })?.isSymbolicLink() === true
  } catch {
    // It is not a valid name, so it is not a link.
    return false
  }
}
