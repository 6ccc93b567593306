import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import {
  closeSync,
  constants,
  existsSync,
  fstatSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'
import { codeOf } from './disk.ts'
import { withoutLinks } from './own-paths.ts'
import { nonce } from './files.ts'
import type { State } from './state.ts'
import { userFolder } from './user-folder.ts'

/**
 * Local records decide what the server writes next, and a repository can ship files where they are kept. So each record
 * carries a seal that no repository can ship: an HMAC under a secret that lies outside of its files.
 */

/** The seal of a text in the context that it is valid for, such as `commit 001-login 12`. Hexadecimal. */
export function sealOf(state: State, context: string, text: string): string {
  return sealWith(secretFor(state), context, text)
}

function sealWith(secret: Buffer, context: string, text: string): string {
  return createHmac('sha256', secret).update(`${context}\0${text}`).digest('hex')
}

/** Did this user seal the text for this context? Creates no secret: without one, nothing was sealed here. */
export function isSealed(state: State, context: string, text: string, seal: unknown): boolean {
  if (typeof seal !== 'string' || !/^[0-9a-f]{64}$/.test(seal)) return false
  const secret = knownSecret(state)
  if (!secret) return false
  return timingSafeEqual(Buffer.from(seal), Buffer.from(sealWith(secret, context, text)))
}

/** A text with its seal on the next line, as the local records are written. */
export function withSeal(state: State, context: string, text: string): string {
  return `${text}\n${sealOf(state, context, text)}\n`
}

/** The text of a record that this user sealed for this context; `undefined` for any other content. */
export function verifiedText(state: State, context: string, record: string): string | undefined {
  const [text = '', seal] = record.split('\n')
  return isSealed(state, context, text, seal) ? text : undefined
}

/**
 * The secret of a clone lies in git's own folder, which no clone brings along, whatever the environment of the process. Without git
 * it is one secret per user. If no folder can hold it, it lives as long as the process: then a record that a crash left behind is not
 * finished by the next process.
 */
function secretFor(state: State): Buffer {
  const known = SECRETS.get(state.shared)
  if (known) return known
  const secret = firstSecret(state, createSecret) ?? randomBytes(BYTES)
  SECRETS.set(state.shared, secret)
  return secret
}

/** The secret if there is one; `undefined` if it would have to be created. */
function knownSecret(state: State): Buffer | undefined {
  return SECRETS.get(state.shared) ?? firstSecret(state, () => undefined)
}

/** The first secret that a folder has, or gets from `create`. */
function firstSecret(state: State, create: typeof createSecret): Buffer | undefined {
  return [gitFolder(state), userFolder()].reduce<Buffer | undefined>(
    (secret, folder) => secret ?? (folder === undefined ? undefined : readOrCreate(create, folder)),
    undefined,
  )
}

/** The server's folder in git's own; `undefined` without git. */
function gitFolder({ shared, local }: State): string | undefined {
  const parent = path.dirname(shared)
  const isInGit = path.basename(parent) === 'redgreen' && existsSync(path.dirname(parent))
  return shared !== local && isInGit ? shared : undefined
}

function readOrCreate(create: typeof createSecret, folder: string): Buffer | undefined {
  try {
    const file = withoutLinks(path.join(folder, 'secret'))
    return readSecret(file) ?? create(folder, file)
  } catch {
    // A folder that cannot be written or read: the next one is tried.
    return undefined
  }
}

function readSecret(file: string): Buffer | undefined {
  try {
    const handle = openSync(file, constants.O_RDONLY | constants.O_NOFOLLOW | NON_BLOCKING)
    try {
      const bytes = fstatSync(handle).isFile() ? readFileSync(handle) : Buffer.alloc(0)
      return bytes.length === BYTES ? bytes : undefined
    } finally {
      closeSync(handle)
    }
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined
    throw error
  }
}

/** Of two processes that create it at once, both use the one whose file got the name. */
function createSecret(folder: string, file: string): Buffer | undefined {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const draft = path.join(folder, `${nonce()}.draft`)
  writeFileSync(draft, randomBytes(BYTES), { mode: 0o600, flag: 'wx', flush: true })
  try {
    linkSync(draft, file)
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error
  } finally {
    rmSync(draft, { force: true })
  }
  return readSecret(file)
}

const SECRETS = new Map<string, Buffer>()

const BYTES = 32

/** A pipe without a writer would keep the reader waiting. Windows has neither the flag nor such pipes. */
const NON_BLOCKING = constants.O_NONBLOCK ?? 0
