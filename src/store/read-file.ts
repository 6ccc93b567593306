import type { Buffer } from 'node:buffer'
import { lstatSync, type Stats } from 'node:fs'
import { codeOf, disk, type FileStatus } from './disk.ts'
import { isOurs } from './own-paths.ts'
import { Outside } from './workspace.ts'

/** A file is larger than what the server reads of such files. */
export class FileTooLarge extends Error {
  override name = 'FileTooLarge'
  readonly file: string

  constructor(file: string, size: number, most: number) {
    super(
      `${file} has ${megabytes(size)} MB. The server reads at most ${megabytes(most)} MB of it.`,
    )
    this.file = file
  }
}

function megabytes(bytes: number): string {
  return String(Math.ceil(bytes / 1024 / 1024))
}

/** The longest file that is read as text, in bytes. A text cannot be much longer in Node. */
export const MAX_TEXT_BYTES = 256 * 1024 * 1024

/** The longest file that is read at all, in bytes. */
export const MAX_BYTES = 2 * 1024 * 1024 * 1024 - 1

/**
 * The bytes of a regular file; `undefined` for anything else, because reading a pipe or device could block for ever. Throws
 * `FileTooLarge`.
 */
export function readBytes(file: string, most = MAX_TEXT_BYTES): Buffer | undefined {
  try {
    const look = regularFile(file)
    if (look && look.size > most) throw new FileTooLarge(file, look.size, most)
    return look && disk.read(file)
  } catch (error) {
    if (isMissing(error)) return undefined
    throw error
  }
}

/** The status of a regular file; `undefined` if there is none. */
export function fileStatus(file: string): FileStatus | undefined {
  try {
    return regularFile(file)
  } catch (error) {
    if (isMissing(error)) return undefined
    throw error
  }
}

/** A folder in place of one of the server's own files is not the same as no file: what it held would be forgotten. */
function regularFile(file: string): FileStatus | undefined {
  const look = disk.stat(file)
  if (look?.isFolder === true && isOurs(file)) throw new Outside(file, 'must be a file')
  return look?.isFile === true ? look : undefined
}

/** The names in one of the server's folders; empty if the folder does not exist. */
export function namesIn(folder: string): string[] {
  try {
    return disk.list(folder)
  } catch (error) {
    // A folder that cannot be read must not look empty.
    if (codeOf(error) === 'ENOENT') return []
    if (codeOf(error) === 'ENOTDIR' && isOurs(folder)) throw new Outside(folder, 'must be a folder')
    throw error
  }
}

/** The status of a path, of a link itself; `undefined` if there is nothing, also because a name before it is a file. */
export function linkStatOf(place: string): Stats | undefined {
  try {
    return lstatSync(place, { throwIfNoEntry: false })
  } catch (error) {
    if (isMissing(error)) return undefined
    throw error
  }
}

/** Whether the error means that the file does not exist. */
export function isMissing(error: unknown): boolean {
  const code = codeOf(error)
  return code !== undefined && ['ENOENT', 'ENOTDIR', 'ELOOP', 'ENAMETOOLONG'].includes(code)
}
