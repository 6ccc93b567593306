import { statfsSync } from 'node:fs'

/** The kind of network file system of a folder; `undefined` for a local disk or if it is unknown. */
export function networkFileSystem(folder: string): string | undefined {
  try {
    return networkFileSystemOfType(statfsSync(folder).type)
  } catch {
    return undefined
  }
}

/** The network file system with this magic number of Linux. */
export function networkFileSystemOfType(type: number): string | undefined {
  return process.platform === 'linux' ? KINDS.get(type >>> 0) : undefined
}

const KINDS = new Map([
  [0x6969, 'NFS'],
  [0x517b, 'SMB'],
  [0xfe534d42, 'SMB'],
  [0xff534d42, 'CIFS'],
  [0x01021997, '9p'],
  [0x5346414f, 'AFS'],
  [0x00c36400, 'Ceph'],
])
