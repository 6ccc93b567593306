import { readdirSync, statfsSync, statSync, type Dirent, type Stats } from 'node:fs'

/** Does the file system change the times of a folder as soon as a name in it comes or goes? Unknown ones count as if they did not. */
export function keepsFolderTimes(folder: string): boolean {
  if (process.platform === 'darwin') return true
  if (process.platform !== 'linux') return false
  try {
    return LOCAL.has(statfsSync(folder).type >>> 0)
  } catch {
    return false
  }
}

/** Linux's numbers of the file systems of local disks: ext2 to ext4, XFS, Btrfs, tmpfs, overlay, ZFS, F2FS and bcachefs. */
const LOCAL = new Set([
  0xef53, 0x58465342, 0x9123683e, 0x01021994, 0x794c7630, 0x2fc12fc1, 0xf2f52010, 0xca451a4e,
])

/** What a folder looked like. */
export interface FolderLook {
  /** Empty if it changed so shortly before that its times may not show the next change. */
  stamp: string
  /** The names in it. Another repository has none, because git does not look into it. */
  names: string
}

/** If a file system counts times coarsely, a change so shortly before may not show the next one. In milliseconds. */
export const YOUNG_MS = process.platform === 'darwin' ? 2_500 : 100

/** Did it change so shortly before this time that its times may not show the next change? */
export function isYoung(stat: Stats | undefined, since: number): boolean {
  return stat !== undefined && Math.max(stat.mtimeMs, stat.ctimeMs) > since - YOUNG_MS
}

/** The status of a file or folder, through a link. */
export function statOf(place: string): Stats | undefined {
  try {
    return statSync(place, { throwIfNoEntry: false })
  } catch {
    // A name in the path is a file, or may not be looked at.
    return undefined
  }
}

/** The stamp of a file or folder now. */
export function stampAt(place: string): string {
  const stat = statOf(place)
  return stat ? stampOf(stat) : 'absent'
}

/** The stamp of a folder; empty if its next change may not change it. */
export function lastingStamp(stat: Stats, since: number): string {
  return isYoung(stat, since) ? '' : stampOf(stat)
}

export function stampOf({ ino, size, mtimeMs, ctimeMs }: Stats): string {
  return `${ino} ${size} ${mtimeMs} ${ctimeMs}`
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

/** The names with their types, because a file may be replaced by a folder of the same name. */
export function namesOf(entries: readonly Dirent[]): string {
  return entries
    .map(entry => `${entry.name}${entry.isDirectory() ? '/' : ''}`)
    .sort()
    .join('\0')
}

/** Stamps of files by absolute path. */
export type Stamps = ReadonlyMap<string, string>

/** The stamps of files now. */
export function stampsOf(files: Iterable<string>): Stamps {
  return new Map([...files].map(file => [file, stampAt(file)]))
}

/** True if none of the files has changed. */
export function holds(stamps: Stamps): boolean {
  return [...stamps].every(([file, stamp]) => stampAt(file) === stamp)
}
