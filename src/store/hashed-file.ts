import { createHash } from 'node:crypto'
import { readlinkSync, type Stats } from 'node:fs'
import path from 'node:path'
import { hashOf, sha256 } from '../evidence/chain.ts'
import { MAX_BYTES, readBytes, linkStatOf } from './read-file.ts'

/** A file's hashes, with what shows whether they are still valid. */
export interface HashedFile {
  /** Size, times and inode: equal keys mean that the file is unchanged, if `trusted`. */
  key: string
  sha256: string
  blob: string
  /** Its part of the canonical JSON of a tree. */
  line: string
  /** Any later change will change the key. */
  trusted: boolean
}

/** In milliseconds. If a file changed so shortly before it was read, its times may not show the next change. */
const RACY_MS = 100

/** The hashes of a file, `known` if size, times and inode are unchanged; `undefined` for anything but a file or a link. */
export function hashedFile(
  root: string,
  file: string,
  known: HashedFile | undefined,
): HashedFile | undefined {
  const absolute = `${root}${path.sep}${file}`
  const stat = linkStatOf(absolute)
  if (!stat || !(stat.isFile() || stat.isSymbolicLink())) return undefined
  const key = keyOf(stat)
  if (known?.trusted && known.key === key) return known
  const bytes = stat.isSymbolicLink()
    ? Buffer.from(readlinkSync(absolute))
    : readBytes(absolute, MAX_BYTES)
  if (bytes === undefined) return undefined
  const hash = stat.isSymbolicLink() ? hashOfLink(bytes) : sha256(bytes)
  const trusted = Date.now() - stat.ctimeMs > RACY_MS
  const line = `${JSON.stringify(file)}:"${hash}"`
  return { key, sha256: hash, blob: blobName(bytes), line, trusted }
}

/** A link is hashed by its target path, not by the target's content. */
export function hashOfLink(target: Buffer): string {
  return hashOf(target.toString('utf8'))
}

function blobName(bytes: Buffer): string {
  return createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex')
}

/** Times to a quarter of a microsecond, which is finer than file systems count. Exact ones cost twice as much to ask for. */
function keyOf({ size, mtimeMs, ctimeMs, ino }: Stats): string {
  return `${size} ${mtimeMs} ${ctimeMs} ${ino}`
}

/** `undefined` for a file that no longer exists. */
export function hashOfFile(absolute: string): string | undefined {
  const bytes = readBytes(absolute, MAX_BYTES)
  return bytes && sha256(bytes)
}
