import fs from 'node:fs'
import path from 'node:path'
import { Outside } from './workspace.ts'

/** What the store asks of a file system. Tests put another one in its place: one that fails, loses power or takes turns. */
export interface Disk {
  open: (file: string, flags: number, mode?: number) => number
  close: (handle: number) => void
  read: (file: string) => Buffer
  /** Up to `length` bytes from `position`; fewer where the file ends. */
  readAt: (handle: number, length: number, position: number) => Buffer
  /** How many bytes were written: it may be fewer than there are. */
  writeAt: (handle: number, bytes: Uint8Array, position: number) => number
  sync: (handle: number) => void
  /** What lies behind a path, links followed; `undefined` when nothing does. */
  look: (file: string) => FileStatus | undefined
  lookAt: (handle: number) => FileStatus
  /** The path without links. */
  real: (file: string) => string
  list: (folder: string) => string[]
  /** Gives a file a second name; throws `EEXIST` where that is taken. */
  link: (from: string, to: string) => void
  rename: (from: string, to: string) => void
  /** Removes a file; says nothing when it is gone. */
  remove: (file: string) => void
  makeFolder: (folder: string) => void
  /** Where an open file or folder lies at this moment; `undefined` where the system does not say. */
  whereIs: (handle: number) => string | undefined
  /** A path to an open folder that no link can lead elsewhere, where the system has one. */
  pinned: (handle: number) => string | undefined
}

/** What a file is, as far as the file system says. */
export interface FileStatus {
  isFile: boolean
  isFolder: boolean
  size: number
  mode: number
  /** Device, inode, size and times: differs when the file was replaced or written. */
  stamp: string
  /** When it was last changed in any way, milliseconds. */
  changed: number
}

/** The only place from which the store reaches the disk, apart from its lock. */
export const disk: Disk = {
  open: (file, flags, mode) => fs.openSync(withoutLinks(file), flags, mode),
  close: handle => fs.closeSync(handle),
  read: file => fs.readFileSync(withoutLinks(file)),
  readAt(handle, length, position) {
    const bytes = Buffer.allocUnsafe(length)
    let read = 0
    for (;;) {
      const more = fs.readSync(handle, bytes, read, length - read, position + read)
      read += more
      if (more === 0 || read === length) return bytes.subarray(0, read)
    }
  },
  writeAt: (handle, bytes, position) => fs.writeSync(handle, bytes, 0, bytes.length, position),
  sync: handle => fs.fsyncSync(handle),
  look(file) {
    const stat = fs.statSync(withoutLinks(file), { bigint: true, throwIfNoEntry: false })
    return stat && statusOf(stat)
  },
  lookAt: handle => statusOf(fs.fstatSync(handle, { bigint: true })),
  real: file => fs.realpathSync.native(file),
  list: folder => fs.readdirSync(withoutLinks(folder)),
  link: (from, to) => fs.linkSync(withoutLinks(from), withoutLinks(to)),
  rename: (from, to) => fs.renameSync(withoutLinks(from), withoutLinks(to)),
  remove: file => fs.rmSync(withoutLinks(file), { force: true }),
  whereIs: handle => (IS_LINUX ? fs.readlinkSync(`/proc/self/fd/${handle}`) : undefined),
  pinned: handle => (IS_LINUX ? `/proc/self/fd/${handle}` : undefined),
  makeFolder(folder) {
    try {
      fs.mkdirSync(withoutLinks(folder))
    } catch (error) {
      // Node says ENOENT for a read-only disk when it makes several folders at once: so one at a time.
      if (codeOf(error) === 'EEXIST') return
      if (codeOf(error) !== 'ENOENT' || path.dirname(folder) === folder) throw error
      disk.makeFolder(path.dirname(folder))
      disk.makeFolder(folder)
    }
  },
}

/** The folder in a workspace that holds the server's own files. */
const STATE_FOLDER = '.redgreen'

/**
 * Returns the path; throws `Outside` if it passes through a symbolic link at or below `.redgreen`. The server puts none there,
 * and one that a repository ships leads wherever its author wants.
 */
export function withoutLinks(file: string): string {
  const from = file.indexOf(`${path.sep}${STATE_FOLDER}`)
  for (let end = from; end >= 0;) {
    end = file.indexOf(path.sep, end + 1)
    const place = end < 0 ? file : file.slice(0, end)
    const stat = fs.lstatSync(place, { throwIfNoEntry: false })
    if (!stat) break
    if (stat.isSymbolicLink())
      throw new Outside(place, 'is a symbolic link in a folder of redgreen')
  }
  return file
}

const IS_LINUX = process.platform === 'linux'

/** The system's word for what went wrong, such as `ENOSPC`. */
export function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error && 'code' in error)) return undefined
  return typeof error.code === 'string' ? error.code : undefined
}

function statusOf(stat: fs.BigIntStats): FileStatus {
  const { dev, ino, size, mode, mtimeNs, ctimeNs, ctimeMs } = stat
  return {
    isFile: stat.isFile(),
    isFolder: stat.isDirectory(),
    size: Number(size),
    mode: Number(mode) & 0o7777,
    stamp: [dev, ino, size, mtimeNs, ctimeNs].join(' '),
    changed: Number(ctimeMs),
  }
}
