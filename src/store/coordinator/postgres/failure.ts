import { StoreUnreachable } from '../coordinator.ts'
import { placeOf, type Address } from './address.ts'
import { UNREADABLE } from './guarded-socket.ts'

/** Any error of the driver or of the database as the reason why the store cannot be used. */
export function unreachable(error: unknown, address: Address): StoreUnreachable {
  if (error instanceof StoreUnreachable) return error
  return new StoreUnreachable(reasonOf(error, address))
}

/** Whether the connection is lost, so that another one may work. */
export function isConnectionLost(error: unknown): boolean {
  return (
    ['ECONNRESET', 'EPIPE', '57P01', '57P02', '57P05'].includes(codeIn(error)) ||
    /^(Connection terminated|Client has encountered a connection error)/.test(messageIn(error))
  )
}

function reasonOf(error: unknown, address: Address): string {
  const code = codeIn(error)
  const known = REASONS[code]
  if (known) return known(address)
  const message = messageIn(error)
  const [, byText] = BY_TEXT.find(([text]) => text.test(message)) ?? []
  if (byText) return byText(address)
  if (/CERT|SELF_SIGNED|SIGNATURE|SSL|TLS/.test(code))
    return `the certificate of ${placeOf(address)} is not accepted (${code})`
  const detail = printable(message, address)
  return `the database at ${placeOf(address)} answered: ${detail}${code ? ` (${code})` : ''}`
}

type Reason = (address: Address) => string

/** By SQLSTATE, or by the code of Node's network functions. */
const REASONS: Readonly<Record<string, Reason>> = {
  ECONNREFUSED: address => `nothing accepts connections at ${placeOf(address)}`,
  ENOENT: address => `there is no database at ${placeOf(address)}`,
  EACCES: address => `this user may not open ${placeOf(address)}`,
  ENOTFOUND: ({ host }) => `the host ${host} is not known`,
  EAI_AGAIN: ({ host }) => `the host ${host} cannot be looked up`,
  EHOSTUNREACH: address => `${placeOf(address)} cannot be reached`,
  ENETUNREACH: address => `${placeOf(address)} cannot be reached`,
  ETIMEDOUT: noAnswer,
  ECONNRESET: lost,
  EPIPE: lost,
  ERR_TLS_CERT_ALTNAME_INVALID: address =>
    `the certificate of ${placeOf(address)} is for another host`,
  EPROTO: address => `${placeOf(address)} does not answer in TLS`,
  '28P01': refusedUser,
  '28000': refusedUser,
  '3D000': ({ database }) => `there is no database ${database}`,
  '25P03': () => 'this server did not continue in time, and the database let others decide',
  '25006': readOnly,
  '42501': ({ user }) =>
    `the role ${user} lacks rights in the schema redgreen (see docs/shared-store.md)`,
  '42P01': () => 'the schema redgreen lacks a table',
  '42883': () => 'the functions in the schema redgreen are of another version of redgreen',
  '53100': address => `the disk of the database at ${placeOf(address)} is full`,
  '53200': address => `the database at ${placeOf(address)} is out of memory`,
  '53300': address => `the database at ${placeOf(address)} has too many connections`,
  '55P03': () => 'another server decides for too long',
  '57014': () => 'the database needed too long for an answer',
  '57P01': address => `the database at ${placeOf(address)} is shutting down`,
  '57P02': address => `the database at ${placeOf(address)} crashed`,
  '57P03': address => `the database at ${placeOf(address)} is starting or shutting down`,
}

/** By message, because errors of the driver have no code. */
const BY_TEXT: readonly (readonly [RegExp, Reason])[] = [
  [
    new RegExp(`${UNREADABLE}|invalid response`),
    address => `what answers at ${placeOf(address)} is not PostgreSQL: check host and port`,
  ],
  [/during recovery/, readOnly],
  [/timeout/i, noAnswer],
  [/does not support SSL/, address => `the database at ${placeOf(address)} does not offer TLS`],
  [/establishing an SSL connection/, address => `${placeOf(address)} does not answer in TLS`],
  [/^SASL.*password must be a/, ({ user }) => `the role ${user} needs a password`],
  [/^(SASL|SCRAM)/, refusedUser],
  [/terminated|not queryable|Connection ended/, lost],
]

function noAnswer(address: Address): string {
  return `${placeOf(address)} gave no answer in time: check that the database runs there (connect_timeout and statement_timeout in its URL give it longer)`
}

function lost(address: Address): string {
  return `the connection to ${placeOf(address)} was lost`
}

function readOnly(address: Address): string {
  return `the database at ${placeOf(address)} can only be read`
}

function refusedUser({ user, database }: Address): string {
  return `the database ${database} does not accept the role ${user} with this password`
}

function codeIn(error: unknown): string {
  const isCoded = typeof error === 'object' && error !== null && 'code' in error
  return isCoded && typeof error.code === 'string' ? error.code : ''
}

function messageIn(error: unknown): string {
  return error instanceof Error ? error.message : ''
}

/** Shortens a server's message to one line and removes the password, which the server knows. */
function printable(message: string, { password }: Address): string {
  const [line = ''] = message.replaceAll(/[^\P{C}\n]/gu, ' ').split('\n', 1)
  return (password ? line.replaceAll(password, '…') : line).slice(0, 200)
}
