import os from 'node:os'

/** Where the server listens. */
export interface Address {
  /** As it was given to the system, such as `127.0.0.1` or `::1`. */
  host: string
  port: number
}

/** Below the range of ephemeral ports, and assigned to no registered service. */
export const DEFAULT_PORT = 17391

export const DEFAULT_HOST = '127.0.0.1'

const LOOPBACK = ['127.0.0.1', 'localhost', '::1']

/** Whether only programs on this machine can reach this host. */
export function isLoopback(host: string): boolean {
  return LOOPBACK.includes(host) || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(host)
}

/** The address of the page, such as `http://127.0.0.1:17391/`. */
export function urlOf({ host, port }: Address): string {
  return `http://${withPort(host, port)}/`
}

/**
 * Every `Host` header that means this server. A page of another site that reaches this server through DNS rebinding sends its own name
 * instead.
 */
export function hostHeaders({ host, port }: Address): ReadonlySet<string> {
  const headers = namesOf(host).map(name => withPort(name, port).toLowerCase())
  // Browsers leave out the default port.
  const short = port === 80 ? headers.map(header => header.slice(0, -':80'.length)) : []
  return new Set([...headers, ...short])
}

/** The names by which a server that listens on this host can be reached. */
function namesOf(host: string): string[] {
  if (isLoopback(host)) return [host, ...LOOPBACK]
  return isAny(host) ? ownNames() : [host]
}

function isAny(host: string): boolean {
  return host === '0.0.0.0' || host === '::'
}

/** The names and addresses of this machine. */
function ownNames(): string[] {
  const addresses = Object.values(os.networkInterfaces()).flatMap(list => list ?? [])
  return [...LOOPBACK, os.hostname(), ...addresses.map(({ address }) => address)]
}

function withPort(host: string, port: number): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`
}
