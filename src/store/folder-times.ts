import { statfsSync } from 'node:fs'

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
