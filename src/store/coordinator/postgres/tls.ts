import { readFileSync } from 'node:fs'
import { isIP } from 'node:net'
import { StoreUnreachable } from '../coordinator.ts'

/** How the connection is encrypted: not at all, or with these options of Node's TLS. */
export type Tls = false | TlsOptions

interface TlsOptions {
  rejectUnauthorized: boolean
  ca?: string
  cert?: string
  key?: string
}

/**
 * A connection to another machine is encrypted and the server's certificate is checked, unless the URL rejects that. `require` and
 * the modes below it check the certificate too, because encryption alone does not stop somebody in between.
 */
export function parseTls(
  host: string,
  parameters: Readonly<Record<string, string | undefined>>,
  isFromEnvironment: boolean,
): Tls {
  const { sslmode } = parameters
  if (sslmode !== undefined && !MODES.includes(sslmode))
    throw new StoreUnreachable(`its URL has an unknown sslmode; known are ${MODES.join(', ')}`)
  const files = filesIn(parameters, isFromEnvironment)
  const isPlain = sslmode === undefined && isThisMachine(host) && Object.keys(files).length === 0
  if (sslmode === 'disable' || isPlain) return false
  return { rejectUnauthorized: sslmode !== 'no-verify', ...files }
}

const MODES = ['disable', 'no-verify', 'prefer', 'require', 'verify-ca', 'verify-full']

function isThisMachine(host: string): boolean {
  if (host.startsWith('/') || host === 'localhost' || host === '::1') return true
  return isIP(host) === 4 && host.startsWith('127.')
}

/** A repository must not choose which of the user's files are read. */
function filesIn(
  parameters: Readonly<Record<string, string | undefined>>,
  isFromEnvironment: boolean,
): Pick<TlsOptions, 'ca' | 'cert' | 'key'> {
  const given = FILES.filter(([, name]) => parameters[name] !== undefined)
  const [first] = given
  if (first && !isFromEnvironment)
    throw new StoreUnreachable(
      `its URL has the parameter ${first[1]}, which counts only in REDGREEN_SHARED_URL`,
    )
  return Object.fromEntries(given.map(([key, name]) => [key, textOf(name, parameters[name] ?? '')]))
}

const FILES = [
  ['ca', 'sslrootcert'],
  ['cert', 'sslcert'],
  ['key', 'sslkey'],
] as const

function textOf(parameter: string, file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    throw new StoreUnreachable(`the file that its URL names as ${parameter} cannot be read`)
  }
}
