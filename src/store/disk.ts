import fs from 'node:fs'
import path from 'node:path'
import { isOwnFolder, ownFileStatus, withoutLinks } from './own-paths.ts'

/** The file-system operations that the store uses. Tests replace them to simulate failures, power loss and interleavings. */
export interface Disk {
  open: (file: string, flags: number, mode?: number) => number
  close: (handle: number) => void
  read: (file: string) => Buffer
  /** Up to `length` bytes from `position`; fewer at the end of the file. */
  readAt: (handle: number, length: number, position: number) => Buffer
  /** The number of bytes written, which may be fewer than requested. */
  writeAt: (handle: number, bytes: Uint8Array, position: number) => number
  sync: (handle: number) => void
  /** The status of a path, following links; `undefined` if nothing exists there. */
  stat: (file: string) => FileStatus | undefined
  statOpen: (handle: number) => FileStatus
  /** The path with links resolved. */
  real: (file: string) => string
  list: (folder: string) => string[]
  /** Gives a file a second name; throws `EEXIST` if the name is taken. */
  link: (from: string, to: string) => void
  rename: (from: string, to: string) => void
  /** Removes a file; does nothing if it does not exist. */
  remove: (file: string) => void
  makeFolder: (folder: string) => void
  /** Sets the times of a file to now; `false` if that is not possible. */
  touch: (file: string) => boolean
  /** The current path of an open file or folder; `undefined` if the system does not report it. */
  pathOf: (handle: number) => string | undefined
  /** A path to an open folder that no link can redirect; `undefined` if the system has none. */
  handlePath: (handle: number) => string | undefined
}

/** The status of a file. */
export interface FileStatus {
  isFile: boolean
  isFolder: boolean
  size: number
  mode: number
  /** The number of its names. */
  links: number
  /** Device, inode, size and times. Changes if the file is replaced or written. */
  stamp: string
  /** Time of the last change of content or metadata, in milliseconds. */
  changed: number
}

/** The store reaches the disk only through this object, except for its lock and its secret. */
export const disk: Disk = {
  open: (file, flags, mode) => fs.openSync(withoutLinks(file), flags, mode),
  close: handle => fs.closeSync(handle),
  read: file => readPlain(file),
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
  stat(file) {
    const own = ownFileStatus(file)
    const stat = own
      ? own.stat
      : fs.statSync(withoutLinks(file), { bigint: true, throwIfNoEntry: false })
    return stat && statusOf(stat)
  },
  statOpen: handle => statusOf(fs.fstatSync(handle, { bigint: true })),
  real: file => fs.realpathSync.native(file),
  list: folder => fs.readdirSync(isOwnFolder(folder) ? folder : withoutLinks(folder)),
  link: (from, to) => fs.linkSync(withoutLinks(from), withoutLinks(to)),
  rename: (from, to) => fs.renameSync(withoutLinks(from), withoutLinks(to)),
  remove(file) {
    try {
      fs.unlinkSync(withoutLinks(file))
    } catch (error) {
      if (codeOf(error) !== 'ENOENT') throw error
    }
  },
  touch(file) {
    const now = new Date()
    try {
      fs.utimesSync(withoutLinks(file), now, now)
      return true
    } catch {
      // Another user's file, or it is gone by now.
      return false
    }
  },
  pathOf: handle => (IS_LINUX ? fs.readlinkSync(`/proc/self/fd/${handle}`) : undefined),
  handlePath: handle => (IS_LINUX ? `/proc/self/fd/${handle}` : undefined),
  makeFolder(folder) {
    // The folder usually exists, and a check is faster than an error.
    if (isOwnFolder(folder)) return
    try {
      fs.mkdirSync(withoutLinks(folder))
    } catch (error) {
      // On a read-only disk Node reports ENOENT if it creates several folders at once, so one at a time.
      if (codeOf(error) === 'EEXIST') return
      if (codeOf(error) !== 'ENOENT' || path.dirname(folder) === folder) throw error
      disk.makeFolder(path.dirname(folder))
      disk.makeFolder(folder)
    }
  },
}

/** Cuts an open file off at a length. */
export function truncateOpen(handle: number, length: number): void {
  fs.ftruncateSync(handle, length)
}

/** Removes a folder that is empty; does nothing otherwise. */
export function removeEmptyFolder(folder: string): void {
  try {
    fs.rmdirSync(withoutLinks(folder))
  } catch (error) {
    if (codeOf(error) === undefined) throw error
  }
}

/** Reads a file. The system follows no link at the end of the server's own paths, and does not wait for a pipe. */
function readPlain(file: string): Buffer {
  if (PLAIN_READ === undefined || !isOwnFolder(path.dirname(file)))
    return fs.readFileSync(withoutLinks(file))
  const handle = openPlain(file, PLAIN_READ)
  try {
    return fs.readFileSync(handle)
  } finally {
    fs.closeSync(handle)
  }
}

function openPlain(file: string, flags: number): number {
  try {
    return fs.openSync(file, flags)
  } catch (error) {
    // `withoutLinks` throws an error that says which part of the path is a link.
    if (codeOf(error) === 'ELOOP') withoutLinks(file)
    throw error
  }
}

const PLAIN_READ =
  fs.constants.O_NOFOLLOW === undefined
    ? undefined
    : fs.constants.O_RDONLY | fs.constants.O_NOFOLLOW | fs.constants.O_NONBLOCK

const IS_LINUX = process.platform === 'linux'

/** Writes to the standard output at once, without Node's streams. Returns how many bytes it took; 0 if a pipe is full. */
export function writeOutput(bytes: Uint8Array): number {
  try {
    return fs.writeSync(1, bytes)
  } catch (error) {
    if (codeOf(error) === 'EAGAIN') return 0
    throw error
  }
}

/** The system's error code, such as `ENOSPC`. */
export function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error && 'code' in error)) return undefined
  return typeof error.code === 'string' ? error.code : undefined
}

function statusOf(stat: fs.BigIntStats): FileStatus {
  const { dev, ino, size, mode, nlink, mtimeNs, ctimeNs, ctimeMs } = stat
  return {
    isFile: stat.isFile(),
    isFolder: stat.isDirectory(),
    size: Number(size),
    mode: Number(mode) & 0o7777,
    links: Number(nlink),
    stamp: [dev, ino, size, mtimeNs, ctimeNs].join(' '),
    changed: Number(ctimeMs),
  }
}
