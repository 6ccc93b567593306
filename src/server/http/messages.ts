import type { IncomingMessage, ServerResponse } from 'node:http'
import { lenientMessage } from '../lenient-message.ts'
import type { Rejection } from './guard.ts'
import { parseJson } from '../../plan/parse-json.ts'

/** Between Node's HTTP messages and those of the web, which the SDK uses. */

/** The longest body that is read. */
const MAX_BODY_BYTES = 4 * 1024 * 1024

/** The body of a request; `undefined` if it is too long. Rejects if the client disconnects. */
export async function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  if (Number(request.headers['content-length'] ?? 0) > MAX_BODY_BYTES) return undefined
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = []
    let length = 0
    request.on('data', (part: Buffer) => {
      length += part.length
      // What follows is received and dropped: a client that is still sending does not read the answer.
      if (length > MAX_BODY_BYTES) resolve(undefined)
      else parts.push(part)
    })
    request.on('end', () => resolve(Buffer.concat(parts)))
    request.on('error', reject)
    request.on('close', () => reject(new Error('The client disconnected.')))
  })
}

/** The JSON-RPC message in a body, or why it is refused. */
export function messageIn(body: Buffer): { message: object } | { refused: Rejection } {
  const message = parseJson(lenientMessage(body).toString('utf8'))
  if (message === undefined) return { refused: { status: 400, message: 'The body is not JSON.' } }
  if (Array.isArray(message)) {
    const text = 'Several messages in one request are not accepted. Send each by itself.'
    return { refused: { status: 400, message: text } }
  }
  if (typeof message !== 'object' || message === null)
    return { refused: { status: 400, message: 'The body is not a message.' } }
  return { message }
}

/** The request as the SDK wants it, without its body and without the token. */
export function webRequest(request: IncomingMessage, url: URL, signal: AbortSignal): Request {
  const headers = new Headers()
  for (const [name, values = []] of Object.entries(request.headersDistinct)) {
    if (name !== 'authorization') for (const value of values) headers.append(name, value)
  }
  return new Request(url, { method: request.method ?? 'GET', headers, signal })
}

/** Sends an answer of the SDK, which may be a stream, and waits for its end. A client that does not read it is disconnected. */
export async function sendResponse(
  { status, headers, body }: Response,
  response: ServerResponse,
  stallMs = STALL_MS,
): Promise<void> {
  // Node decides whether the connection stays open.
  const kept = [...headers].filter(([name]) => name !== 'connection')
  response.writeHead(status, Object.fromEntries(kept))
  response.flushHeaders()
  const reader = body?.getReader()
  response.once('close', () => void reader?.cancel().catch(() => undefined))
  for (;;) {
    const { done, value } = (await reader?.read()) ?? { done: true, value: undefined }
    if (done || response.destroyed) break
    if (!response.write(value)) await drained(response, stallMs)
  }
  response.end()
}

/** How long a client may take to read what is in the buffers of the system. */
const STALL_MS = 30_000

function drained(response: ServerResponse, stallMs: number): Promise<void> {
  return new Promise(resolve => {
    const timer = setTimeout(() => response.destroy(), stallMs)
    const end = () => {
      clearTimeout(timer)
      response.off('drain', end)
      response.off('close', end)
      resolve()
    }
    response.once('drain', end)
    response.once('close', end)
  })
}

/** Sends a refusal as a JSON-RPC error, which clients of the protocol can show. */
export function sendRejection(
  { status, message, headers = {} }: Rejection,
  response: ServerResponse,
): void {
  const body = { jsonrpc: '2.0', id: null, error: { code: CODES[status] ?? -32_000, message } }
  sendJson(response, body, { status, headers: { ...headers, connection: 'close' } })
}

const CODES: Record<number, number> = { 400: -32_600, 404: -32_001 }

/** Sends a JSON document. */
export function sendJson(
  response: ServerResponse,
  body: object,
  { status = 200, headers = {} }: { status?: number; headers?: Record<string, string> } = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers })
  response.end(JSON.stringify(body))
}
