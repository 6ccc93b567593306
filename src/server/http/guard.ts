import type { IncomingMessage } from 'node:http'

/** A request that is refused before its content is read. */
export interface Rejection {
  status: number
  /** A sentence for the person who reads the answer. */
  message: string
  headers?: Record<string, string>
}

/** Which requests the server answers. */
export interface GuardSettings {
  /** `Host` headers that mean this server. */
  hosts: ReadonlySet<string>
}

/**
 * Refuses what a browser could be made to send by a page of another site, and every request whose path can be read in two ways.
 * Possession of the token is checked later: these requests are refused with it as well.
 */
export function guard(request: IncomingMessage, { hosts }: GuardSettings): Rejection | undefined {
  const { host: names = [] } = request.headersDistinct
  const [host = ''] = names
  if (names.length !== 1 || !hosts.has(host.toLowerCase()))
    return forbidden('This server has another address.')
  const { origin } = request.headers
  if (origin !== undefined && origin.toLowerCase() !== `http://${host.toLowerCase()}`)
    return forbidden('Requests from pages of other sites are refused.')
  const site = request.headers['sec-fetch-site'] ?? 'none'
  if (site !== 'same-origin' && site !== 'none' && !isFollowedLink(request))
    return forbidden('Requests from pages of other sites are refused.')
  if (!isPlainTarget(request.url ?? ''))
    return { status: 400, message: 'The path of the request is not in its plain form.' }
  return wrongContent(request)
}

/** Whether a human followed a link to the page, for example in a chat. That is allowed, because loading the page changes nothing. */
function isFollowedLink({ method, url = '', headers }: IncomingMessage): boolean {
  const isDocument =
    headers['sec-fetch-mode'] === 'navigate' && headers['sec-fetch-dest'] === 'document'
  return method === 'GET' && url === '/' && isDocument
}

/** Refuses a body that is not JSON, which a form of another site can send without being asked for permission. */
function wrongContent({ method, headers }: IncomingMessage): Rejection | undefined {
  const hasBody = headers['content-length'] !== undefined || 'transfer-encoding' in headers
  if (method !== 'POST')
    return hasBody && headers['content-length'] !== '0'
      ? { status: 400, message: 'Only POST may have a body.' }
      : undefined
  if (!JSON_TYPE.test(headers['content-type'] ?? ''))
    return { status: 415, message: 'The content type must be application/json.' }
  if (headers['content-encoding'] !== undefined)
    return { status: 415, message: 'A compressed body is not read.' }
  return undefined
}

const JSON_TYPE = /^application\/json(?:\s*;\s*charset="?utf-8"?)?\s*$/i

/** A path from the root, without a part that servers read in different ways: `..`, `//`, `\`, or an encoded separator. */
function isPlainTarget(target: string): boolean {
  const [path = ''] = target.split('?', 1)
  return (
    path.startsWith('/') &&
    target.length <= MAX_TARGET &&
    !/\/\/|\\|[^\x21-\x7e]|#|%(?:2e|2f|5c|00|25)/i.test(path) &&
    !path.split('/').some(part => part === '.' || part === '..')
  )
}

const MAX_TARGET = 4000

function forbidden(message: string): Rejection {
  return { status: 403, message }
}
