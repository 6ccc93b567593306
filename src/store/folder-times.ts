import { readdirSync, statfsSync, statSync, type Dirent, type Stats } from 'node:fs'

/** Whether the file system updates a folder's times whenever an entry is added or removed. False for unknown file systems. */
export function hasReliableFolderTimes(folder: string): boolean {
  const known = LOCAL[process.platform]
  try {
    return known?.has(statfsSync(folder).type >>> 0) ?? false
  } catch {
    return false
  }
}

/**
 * The systems' numbers of the file systems of local disks. Linux: ext2 to ext4, XFS, Btrfs, tmpfs, overlay, ZFS, F2FS and bcachefs; macOS:
 * HFS+ and APFS.
 */
const LOCAL: Partial<Record<NodeJS.Platform, ReadonlySet<number>>> = {
  linux: new Set([
    0xef53, 0x58465342, 0x9123683e, 0x01021994, 0x794c7630, 0x2fc12fc1, 0xf2f52010, 0xca451a4e,
  ]),
  darwin: new Set([0x11, 0x1a]),
}

/** The state of a folder, to find out later whether it changed. */
export interface FolderState {
  /** Empty if the folder changed so recently that its times may not show the next change. */
  stamp: string
  /** The names in the folder, as `namesOf` returns them. */
  names: string
}

/** If the last change is more recent than this, the times may not show the next one. In milliseconds. */
export const YOUNG_MS = 100

/** The same on a file system that stores times in seconds, as ext3 does, or in steps of two seconds, as FAT does. */
const YOUNG_IN_SECONDS_MS = 2_500

/** Whether the last change was so shortly before `since` that the times may not show the next change. */
export function isYoung(stat: Stats | undefined, since: number): boolean {
  if (!stat) return false
  const changed = Math.max(stat.mtimeMs, stat.ctimeMs)
  return changed > since - (changed % 1_000 === 0 ? YOUNG_IN_SECONDS_MS : YOUNG_MS)
}

/** The status of a file or folder, through a link. */
export function statOf(place: string): Stats | undefined {
  try {
    return statSync(place, { throwIfNoEntry: false })
  } catch {
    // A part of the path is a file, or may not be read.
    return undefined
  }
}

/** The stamp of a file or folder now. */
function stampAt(place: string): string {
  const stat = statOf(place)
  return stat ? stampOf(stat) : 'absent'
}

/** The stamp of a folder; empty if the next change may leave the stamp as it is. */
export function lastingStamp(stat: Stats, since: number): string {
  return isYoung(stat, since) ? '' : stampOf(stat)
}

export function stampOf({ dev, ino, size, mtimeMs, ctimeMs }: Stats): string {
  return `${dev} ${ino} ${size} ${mtimeMs} ${ctimeMs}`
}

/** What is in a folder. */
export function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
  } catch {
    // Git does not look into it either. Its stamp changes when it may be read.
    return []
  }
}

/** The names with their types, because git lists files and links, looks into folders, and leaves out pipes. */
export function namesOf(entries: readonly Dirent[]): string {
  return entries
    .map(entry => `${entry.name}${typeOf(entry)}`)
    .sort()
    .join('\0')
}

function typeOf(entry: Dirent): string {
  if (entry.isDirectory()) return '/'
  return entry.isFile() || entry.isSymbolicLink() ? '' : '|'
}

/** Stamps of files by absolute path. */
export type Stamps = ReadonlyMap<string, string>

/** The stamps of files now. */
export function stampsOf(files: Iterable<string>): Stamps {
  return new Map([...files].map(file => [file, stampAt(file)]))
}

/** Whether none of the files has changed. */
export function areCurrent(stamps: Stamps): boolean {
  return [...stamps].every(([file, stamp]) => stampAt(file) === stamp)
}
