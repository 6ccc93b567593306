import { constants } from 'node:fs'
import path from 'node:path'
import { codeOf, disk } from './disk.ts'
import { nonce, syncFolder, writeNew } from './files.ts'
import { namesIn, readBytes } from './read-file.ts'

/** Another program saved the file between reading and writing. */
export class Conflict extends Error {
  override name = 'Conflict'
}

/**
 * Replaces a user's file by `after` if its bytes are still `before` (`undefined`: it does not exist). Otherwise it throws `Conflict`
 * and leaves the file as the other program saved it.
 *
 * Two servers can be here at once if one was suspended and lost the lock. So each writes its draft next to the file, removes all
 * other drafts, and only then compares. The later one finds its draft gone or sees what the other one wrote.
 */
export function replaceFile(
  file: string,
  before: Buffer | undefined,
  after: Buffer,
  allow: (real: string) => void = () => undefined,
): void {
  // If the file is a link, its target is replaced.
  const real = path.join(disk.real(path.dirname(file)), path.basename(file))
  const target = before ? disk.real(file) : real
  allow(target)
  withOpenFolder(path.dirname(target), folder =>
    replaceIn(file, path.join(folder, path.basename(target)), before, after),
  )
}

/** Opens the folder and addresses it by its handle, so that a link that changes above it has no effect. */
function withOpenFolder(folder: string, work: (folder: string) => void): void {
  const handle = disk.open(folder, constants.O_RDONLY)
  try {
    if ((disk.pathOf(handle) ?? folder) !== folder) throw saved(folder)
    work(disk.handlePath(handle) ?? folder)
  } finally {
    disk.close(handle)
  }
}

function replaceIn(file: string, target: string, before: Buffer | undefined, after: Buffer): void {
  const [draft, old] = [draftOf(target), draftOf(target)]
  try {
    writeNew(draft, after, disk.stat(target)?.mode ?? 0o644)
    sweepDrafts(target, draft)
    if (before) disk.link(target, old)
    refuseChanged(file, target, before)
    disk.rename(draft, target)
    syncFolder(path.dirname(target))
    if (before) keepConcurrentSave(file, target, old, before)
  } catch (error) {
    disk.remove(draft)
    disk.remove(old)
    if (codeOf(error) === 'ENOENT') throw saved(file)
    throw error
  }
}

/** Removes drafts of processes that were killed or suspended while they replaced a file. */
export function sweepDrafts(file: string, mine = ''): void {
  const folder = path.dirname(file)
  for (const name of namesIn(folder)) {
    const draft = path.join(folder, name)
    if (draft !== mine && isDraftOf(file, name)) disk.remove(draft)
  }
}

/** The last check before the rename; only microseconds lie between them. */
function refuseChanged(file: string, target: string, before: Buffer | undefined): void {
  const look = disk.stat(target)
  const now = look && readBytes(target)
  if (before === undefined ? now !== undefined : !now?.equals(before)) throw saved(file)
  if (disk.stat(target)?.stamp !== look?.stamp) throw saved(file)
}

/** An editor may have started to write to the replaced file at the last moment. Then that file is restored. */
function keepConcurrentSave(file: string, target: string, old: string, before: Buffer): void {
  const now = readBytes(old)
  if (!now || now.equals(before)) return disk.remove(old)
  disk.rename(old, target)
  syncFolder(path.dirname(target))
  throw saved(file)
}

function saved(file: string): Conflict {
  return new Conflict(`${file} was saved by another program.`)
}

function draftOf(target: string): string {
  return path.join(path.dirname(target), `.${path.basename(target)}.${nonce()}.tmp`)
}

function isDraftOf(file: string, name: string): boolean {
  const mine = `.${path.basename(file)}.`
  return name.startsWith(mine) && /^[0-9a-f]{12}\.tmp$/.test(name.slice(mine.length))
}
