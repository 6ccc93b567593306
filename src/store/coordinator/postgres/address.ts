import os from 'node:os'
import { StoreUnreachable } from '../coordinator.ts'
import type { Limits } from './limits.ts'
import { parseTls, type Tls } from './tls.ts'

/** Where a database is, and as whom to use it. */
export interface Address {
  /** A host name, an IP address, or the folder of a unix socket. */
  host: string
  port: number
  database: string
  user: string
  /** `undefined`: pg may look for it where PostgreSQL's own programs do. */
  password: string | undefined
  tls: Tls
  /** Limits of time that the URL names. */
  limits?: Partial<Limits>
}

/** PostgreSQL's variables, such as PGPASSWORD. */
export type Environment = Readonly<Record<string, string | undefined>>

/**
 * Reads a URL. One that a repository's settings contain gets nothing from the environment: otherwise the repository could have the user's
 * own password sent to any host.
 */
export function parseAddress(text: string, environment: Environment | undefined): Address {
  const url = parseUrl(text)
  const parameters = parametersOf(url)
  const from = (name: string) => environment?.[name] || undefined
  const host = hostIn(url) || parameters['host'] || from('PGHOST')
  const user = decoded(url.username) || from('PGUSER') || (environment && os.userInfo().username)
  const database = decoded(url.pathname.slice(1)) || from('PGDATABASE') || (environment && user)
  if (!host) throw incomplete('host')
  if (!user) throw incomplete('user')
  if (!database) throw incomplete('database')
  const password = decoded(url.password) || from('PGPASSWORD') || (environment ? undefined : '')
  const port = Number(url.port || from('PGPORT') || 5432)
  const tls = parseTls(host, { sslmode: from('PGSSLMODE'), ...parameters }, Boolean(environment))
  const limits = limitsIn(parameters)
  return { host, port, database, user, password, tls, ...(limits && { limits }) }
}

/** The address for messages: without user and password. */
export function placeOf({ host, port }: Pick<Address, 'host' | 'port'>): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`
}

function parseUrl(text: string): URL {
  const url = asUrl(text) ?? asUrl(text.replace('@/', `@${NO_HOST}/`))
  if (!url || !/^postgres(ql)?:$/.test(url.protocol))
    throw new StoreUnreachable(
      'its URL is not of the form postgres://USER@HOST:PORT/DATABASE, with the password after USER and a colon; write # / ? @ in it as %23 %2F %3F %40',
    )
  // A password with such a character ends early, and its rest would be in messages as something else.
  if (url.hash !== '' || `${url.pathname}${url.search}`.includes('@'))
    throw new StoreUnreachable(
      'its URL has one of the characters # / ? @ unescaped; write them as %23 %2F %3F %40 in a password',
    )
  return url
}

/** Placeholder host for a URL that has the host as a parameter. */
const NO_HOST = 'no-host.invalid'

function hostIn({ hostname }: URL): string {
  return hostname === NO_HOST ? '' : decoded(hostname.replace(/^\[(.+)\]$/, '$1'))
}

function asUrl(text: string): URL | undefined {
  return URL.canParse(text) ? new URL(text) : undefined
}

function parametersOf(url: URL): Record<string, string> {
  const isKnown = [...url.searchParams.keys()].every(name => PARAMETERS.includes(name))
  if (isKnown) return Object.fromEntries(url.searchParams)
  // The name of an unknown parameter may be part of a password, so it is not shown.
  throw new StoreUnreachable(`its URL has an unknown parameter; known are ${PARAMETERS.join(', ')}`)
}

/** `project` is for `verify --witness`. */
const PARAMETERS = [
  'host',
  'project',
  'connect_timeout',
  'statement_timeout',
  'sslmode',
  'sslrootcert',
  'sslcert',
  'sslkey',
]

/** Seconds. A statement may wait for another server that decides, so its limit is not shorter than usual. */
function limitsIn(parameters: Readonly<Record<string, string>>): Partial<Limits> | undefined {
  const connect = secondsIn(parameters, 'connect_timeout', { least: 1, most: 300 })
  const statement = secondsIn(parameters, 'statement_timeout', { least: 20, most: 600 })
  if (connect === undefined && statement === undefined) return undefined
  return {
    ...(connect !== undefined && { connect }),
    ...(statement !== undefined && { statement, answer: statement + 5000 }),
  }
}

function secondsIn(
  parameters: Readonly<Record<string, string>>,
  name: string,
  { least, most }: { least: number; most: number },
): number | undefined {
  const text = parameters[name]
  if (text === undefined) return undefined
  const seconds = /^\d+$/.test(text) ? Number(text) : 0
  if (seconds >= least && seconds <= most) return seconds * 1000
  throw new StoreUnreachable(
    `${name} in its URL is not a number from ${least} to ${most}, in seconds`,
  )
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    throw new StoreUnreachable('its URL has a % that is not followed by two hexadecimal digits')
  }
}

function incomplete(what: string): StoreUnreachable {
  return new StoreUnreachable(`its URL names no ${what}`)
}
