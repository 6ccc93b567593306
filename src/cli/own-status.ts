import process from 'node:process'

/**
 * Whether a file or folder belongs to this user and nobody else may write to it. Always true on Windows, which has no such ids: there the
 * home folder is private.
 */
export function isOnlyWritableByUser({ uid, mode }: { uid: number; mode: number }): boolean {
  return process.getuid === undefined || (uid === process.getuid() && (mode & 0o22) === 0)
}
