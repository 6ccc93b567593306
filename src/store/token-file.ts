import { randomBytes } from 'node:crypto'
import { constants, fstatSync, readFileSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { codeOf, disk } from './disk.ts'
import { makeFolder, nonce, writeNew } from './files.ts'
import { userFolder } from './user-folder.ts'

/** The token that clients of the HTTP server send. Anyone who has it can run the tests of the project, and so code of the project. */
export interface Token {
  text: string
  /** Where it is kept. */
  file: string
  /** True if it was created just now. */
  isNew: boolean
}

/** A token file that is not used, and why, as a sentence. */
export class UnsafeTokenFile extends Error {
  override name = 'UnsafeTokenFile'
}

/** The token in this file, or in the user's folder. Creates it if there is none; throws `UnsafeTokenFile`. */
export function readToken(named: string | undefined): Token {
  const file = named === undefined ? defaultFile() : path.resolve(named)
  const known = tokenIn(file)
  if (known !== undefined) return { text: known, file, isNew: false }
  const isNew = createToken(file)
  const text = tokenIn(file)
  if (text === undefined) throw new UnsafeTokenFile(`The token file ${file} cannot be created.`)
  return { text, file, isNew }
}

function defaultFile(): string {
  const folder = userFolder()
  if (folder === undefined) {
    throw new UnsafeTokenFile(
      'There is no home folder that could keep the token. Name a file with --token-file.',
    )
  }
  return path.join(folder, 'http-token')
}

/** `undefined` if the file does not exist. */
function tokenIn(file: string): string | undefined {
  const handle = openOwn(file)
  if (handle === undefined) return undefined
  try {
    const { uid, mode, size } = fstatSync(handle)
    const isRegular = fstatSync(handle).isFile()
    if (!isRegular) throw unsafe(file, 'is not a file')
    if (process.getuid !== undefined && uid !== process.getuid())
      throw unsafe(file, 'belongs to another user')
    if (process.platform !== 'win32' && (mode & 0o077) !== 0)
      throw unsafe(file, 'can be read by other users', `chmod 600 ${file}`)
    const text = size > MAX_BYTES ? '' : readFileSync(handle, 'latin1').trim()
    if (!TOKEN.test(text)) throw unsafe(file, 'holds no token of at least 32 letters and digits')
    return text
  } finally {
    disk.close(handle)
  }
}

/** Opens the file unless its last name is a link. A pipe without a writer would keep the reader waiting. */
function openOwn(file: string): number | undefined {
  // Windows lacks the last two; a missing number counts as 0 here.
  const { O_RDONLY, O_NOFOLLOW, O_NONBLOCK } = constants
  try {
    return disk.open(file, O_RDONLY | O_NOFOLLOW | O_NONBLOCK)
  } catch (error) {
    const code = codeOf(error)
    if (code === 'ENOENT') return undefined
    if (code === 'ELOOP') throw unsafe(file, 'is a symbolic link')
    if (code === 'EISDIR') throw unsafe(file, 'is a folder')
    throw unsafe(file, `cannot be read (${code ?? String(error)})`)
  }
}

/** Of two servers that create it at once, both use the one whose file got the name. Returns whether it is ours. */
function createToken(file: string): boolean {
  const draft = `${file}.${nonce()}.draft`
  try {
    makeFolder(path.dirname(file), 0)
    writeNew(draft, Buffer.from(`${randomBytes(BYTES).toString('base64url')}\n`), 0o600)
    disk.link(draft, file)
    return true
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false
    throw unsafe(file, `cannot be written (${codeOf(error) ?? String(error)})`)
  } finally {
    disk.remove(draft)
  }
}

function unsafe(file: string, why: string, remedy?: string): UnsafeTokenFile {
  const step = remedy === undefined ? 'name another file with --token-file' : `run: ${remedy}`
  return new UnsafeTokenFile(
    `The token file ${file} ${why}, so no server was started. To continue, ${step}`,
  )
}

const BYTES = 32

/** A token that a human chose may have any of the characters that the header allows. */
const TOKEN = /^[A-Za-z0-9._~+/=-]{32,512}$/

const MAX_BYTES = 4096
