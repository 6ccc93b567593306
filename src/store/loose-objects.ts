import { createHash } from 'node:crypto'
import path from 'node:path'
import { deflateSync, inflateSync } from 'node:zlib'
import { codeOf, disk } from './disk.ts'
import { nonce, writeDraft } from './files.ts'
import { readBytes } from './read-file.ts'

/** Objects of git as files of their own. Git's name for the format is "loose objects" (gitformat-loose). */

export type ObjectType = 'blob' | 'tree' | 'commit'

/** Git's id of an object, in a repository whose ids are SHA-1. */
export function objectId(type: ObjectType, content: Uint8Array): string {
  return createHash('sha1').update(header(type, content)).update(content).digest('hex')
}

function header(type: ObjectType, content: Uint8Array): string {
  return `${type} ${content.length}\0`
}

/** Writes an object, unless it is there. Like git with its default settings, it does not sync it. Returns its id. */
export function writeObject(objects: string, type: ObjectType, content: Uint8Array): string {
  const id = objectId(type, content)
  const file = fileOf(objects, id)
  if (isFresh(file)) return id
  const folder = path.dirname(file)
  // Git removes files of this name that a killed process has left.
  const draft = path.join(folder, `tmp_obj_${nonce()}`)
  const bytes = Buffer.concat([Buffer.from(header(type, content)), content])
  const packed = deflateSync(bytes, { level: FAST })
  try {
    inFolder(folder, () => writeDraft(draft, packed, 0o444, () => undefined))
    disk.rename(draft, file)
  } catch (error) {
    disk.remove(draft)
    throw error
  }
  return id
}

/** Runs work that creates a file in a folder, which most of the time exists. */
function inFolder(folder: string, work: () => void): void {
  try {
    work()
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error
    disk.makeFolder(folder)
    work()
  }
}

/** True if the object is there, and git will not remove it for its age. A power failure can leave an empty file. */
function isFresh(file: string): boolean {
  const size = disk.stat(file)?.size ?? 0
  return size > 0 && disk.touch(file)
}

/** Git's own default for these files. */
const FAST = 1

/** The content of an object; `undefined` if it is not a file of its own or is damaged. */
export function readObject(objects: string, type: ObjectType, id: string): Buffer | undefined {
  const packed = readBytes(fileOf(objects, id))
  const bytes = packed && inflated(packed)
  const end = bytes?.indexOf(0) ?? -1
  const content = bytes?.subarray(end + 1)
  return content && end > 0 && objectId(type, content) === id ? content : undefined
}

/** A larger one is left to git, which has its own memory. In bytes. */
const MAX_INFLATED = 16 * 1024 * 1024

function inflated(packed: Buffer): Buffer | undefined {
  try {
    return inflateSync(packed, { maxOutputLength: MAX_INFLATED })
  } catch (error) {
    const code = codeOf(error) ?? ''
    if (code.startsWith('Z_') || code === 'ERR_BUFFER_TOO_LARGE') return undefined
    throw error
  }
}

function fileOf(objects: string, id: string): string {
  return path.join(objects, id.slice(0, 2), id.slice(2))
}
