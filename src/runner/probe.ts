import http, { type IncomingMessage } from 'node:http'
import https from 'node:https'
import type { Cookies } from './cookies.ts'
import { isWithin, parseAddress, type Origins } from './origin.ts'

export interface ProbeRequest {
  url: URL
  method: string
  headers: Record<string, string>
  body?: string | undefined
  /** The only origins that are ever contacted. */
  origins: Origins
  /** Follow redirects. `false` if the redirect itself is the expected response. */
  follow: boolean
  cookies?: Cookies | undefined
  /** Accept certificates that no authority signed. */
  selfSigned: boolean
  /** Time limit of the whole request, redirects included. */
  timeoutMs: number
  maxBytes?: number
  signal?: AbortSignal | undefined
}

/** The response, or why there was none. `fact` completes a sentence that begins with "It". */
export type HttpResponse =
  | { end: 'answered'; status: number; headers: Record<string, string>; text: string; url: URL }
  | { end: Failure; fact: string }

type Failure =
  | 'unreachable'
  | 'broken_off'
  | 'timed_out'
  | 'too_large'
  | 'outside'
  | 'too_many_redirects'
  | 'untrusted'

/** Sends one request and reads the response, within limits of time, size and redirects. Never throws for what the server does. */
export async function probe(request: ProbeRequest): Promise<HttpResponse> {
  const limit = AbortSignal.timeout(request.timeoutMs)
  const signal = request.signal ? AbortSignal.any([request.signal, limit]) : limit
  let next: Hop = { url: request.url, method: request.method, body: request.body }
  for (let hops = 0; hops <= MAX_REDIRECTS; hops++) {
    if (!isWithin(request.origins, next.url)) return outside(next.url)
    const answer = await exchange(request, next, signal)
    if (answer.end !== 'answered' || !request.follow) return answer
    const redirect = redirectOf(answer, next)
    if (redirect === undefined) return answer
    next = redirect
  }
  const fact = `redirected more than ${MAX_REDIRECTS} times, last to ${next.url.pathname}`
  return { end: 'too_many_redirects', fact }
}

/** For an address outside the application: it is reported, but never requested. */
function outside(url: URL): HttpResponse {
  const fact = `leads to ${url.origin}, which is not the application that was started, so it was not requested`
  return { end: 'outside', fact }
}

interface Hop {
  url: URL
  method: string
  body: string | undefined
}

const MAX_REDIRECTS = 10
const MAX_BYTES = 8 * 1024 * 1024

function exchange(request: ProbeRequest, hop: Hop, signal: AbortSignal): Promise<HttpResponse> {
  const { url, method, body } = hop
  const cookie = request.cookies?.header(url) ?? ''
  const given = body === undefined ? withoutContentHeaders(request.headers) : request.headers
  const headers = {
    'accept-encoding': 'identity',
    accept: '*/*',
    ...given,
    ...(cookie !== '' && { cookie }),
    ...(body !== undefined && { 'content-length': String(Buffer.byteLength(body)) }),
  }
  const secure = { rejectUnauthorized: !request.selfSigned }
  return new Promise(resolve => {
    const onAnswer = (message: IncomingMessage) => {
      request.cookies?.store(url, message.headers['set-cookie'] ?? [])
      resolve(readAnswer(message, url, request.maxBytes ?? MAX_BYTES, signal))
    }
    const options = { method, headers, signal, agent: false as const }
    const call =
      url.protocol === 'https:'
        ? https.request(url, { ...options, ...secure }, onAnswer)
        : http.request(url, options, onAnswer)
    call.once('error', error => resolve(failureOf(error, signal)))
    call.end(body)
  })
}

/** A redirect that changes the request to a GET drops the body, and with it the headers that describe the body. */
function withoutContentHeaders(headers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !/^content-/i.test(name)))
}

function readAnswer(
  message: IncomingMessage,
  url: URL,
  maxBytes: number,
  signal: AbortSignal,
): Promise<HttpResponse> {
  const chunks: Buffer[] = []
  let bytes = 0
  const { statusCode: status = 0 } = message
  return new Promise(resolve => {
    message.on('data', (chunk: Buffer) => {
      bytes += chunk.length
      if (bytes <= maxBytes) chunks.push(chunk)
      else {
        message.destroy()
        const size = `${Math.round(maxBytes / 1024 / 1024)} MB`
        const fact = `answered ${status} with more than ${size}, so the rest was not read`
        resolve({ end: 'too_large', fact })
      }
    })
    message.once('end', () => {
      const text = Buffer.concat(chunks).toString('utf8')
      resolve({ end: 'answered', status, headers: headersOf(message), text, url })
    })
    message.once('error', error => resolve(failureOf(error, signal, status)))
    message.once('close', () => {
      const fact = `answered ${status} and closed the connection before the end of the body`
      resolve({ end: 'broken_off', fact })
    })
  })
}

function headersOf({ headers }: IncomingMessage): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value = '']) => [name, [value].flat().join(', ')]),
  )
}

function redirectOf(answer: HttpResponse & { end: 'answered' }, hop: Hop): Hop | undefined {
  const { location } = answer.headers
  const isRedirect = [301, 302, 303, 307, 308].includes(answer.status)
  const url =
    isRedirect && location !== undefined ? parseAddress(location, hop.url.href) : undefined
  if (!url) return undefined
  if (answer.status >= 307) return { ...hop, url }
  const method = hop.method === 'HEAD' ? 'HEAD' : 'GET'
  return { url, method, body: undefined }
}

function failureOf(error: Error, signal: AbortSignal, status?: number): HttpResponse {
  const code = 'code' in error ? String(error.code) : ''
  if (signal.aborted) {
    const progress =
      status === undefined ? 'did not answer' : `answered ${status} and did not finish`
    return { end: 'timed_out', fact: `${progress} in time` }
  }
  if (CERTIFICATE.test(code))
    return { end: 'untrusted', fact: `has a certificate that is not trusted (${code})` }
  if (code === 'ECONNREFUSED') return { end: 'unreachable', fact: 'refused the connection' }
  return { end: 'broken_off', fact: `closed the connection (${code || error.message})` }
}

const CERTIFICATE = /SELF_SIGNED|UNABLE_TO_VERIFY|CERT_|ALTNAME/
