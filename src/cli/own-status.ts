import process from 'node:process'

/**
 * Whether a file or folder is this user's, and nobody else may write it. Windows has no such numbers; there the home folder is the user's
 * own.
 */
export function isOwn({ uid, mode }: { uid: number; mode: number }): boolean {
  return process.getuid === undefined || (uid === process.getuid() && (mode & 0o22) === 0)
}
