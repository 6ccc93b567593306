import { readlinkSync } from 'node:fs'
import path from 'node:path'
import { sha256 } from '../evidence/chain.ts'
import { fileStatus, linkStatOf, MAX_BYTES, readBytes } from './read-file.ts'
import type { Tree } from './tree.ts'
import { hashOfLink } from './hashed-file.ts'

/** Files changed while they were read, so a snapshot would show a state that never existed. */
export class FilesChanged extends Error {
  override name = 'FilesChanged'
}

/** Git's mode of a link. */
export const LINK = '120000'

/** A file as a snapshot stores it. */
export interface Source {
  /** Git's file mode. */
  mode: string
  bytes: Buffer
}

/** Reads a file of a tree; `undefined` if the tree does not have it. Throws `FilesChanged` if it is not as in the tree. */
export function readSource(root: string, file: string, { files }: Tree): Source | undefined {
  const hash = files[file]
  if (hash === undefined) return undefined
  const place = path.join(root, file)
  const stat = linkStatOf(place)
  const isLink = stat?.isSymbolicLink() === true
  const bytes = isLink ? Buffer.from(readlinkSync(place)) : readBytes(place, MAX_BYTES)
  if (!stat || !bytes || (isLink ? hashOfLink(bytes) : sha256(bytes)) !== hash)
    throw new FilesChanged(`${file} changed while it was stored.`)
  const fileMode = stat.mode & 0o111 ? '100755' : '100644'
  return { mode: isLink ? LINK : fileMode, bytes }
}

/** So few files, and so small, that they are stored at once. */
export function areFew(root: string, files: readonly string[]): boolean {
  if (files.length > 50) return false
  const sizes = files.map(file => fileStatus(path.join(root, file))?.size ?? 0)
  return sizes.reduce((sum, size) => sum + size, 0) < 1024 * 1024
}
