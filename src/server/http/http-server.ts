import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import { noteAddress } from '../../page/announcement.ts'
import { handlePage } from '../../page/handle-page.ts'
import { HEADERS } from '../../page/reply.ts'
import { safeText } from '../../runner/safe-text.ts'
import { RunningSteps } from '../running-steps.ts'
import { VERSION } from '../version.ts'
import { hostHeaders, urlOf, type Address } from './address.ts'
import { Bearer } from './bearer.ts'
import { guard, type Rejection } from './guard.ts'
import { McpEndpoint } from './mcp-endpoint.ts'
import { sendJson, sendRejection } from './messages.ts'
import type { ServedWorkspace } from './served-workspaces.ts'
import type { SessionLimits } from './sessions.ts'

export interface HttpSettings extends Address {
  /** What clients send with each request to `/mcp`. */
  token: string
  /**
   * What the page sends with a decision. It is in no client's settings, so that an assistant which reads them cannot decide for the human.
   */
  pageToken: string
  workspaces: readonly ServedWorkspace[]
  limits?: Partial<HttpLimits>
}

export interface HttpLimits {
  /** How long a client may take to send the headers, and the whole request. */
  headersMs: number
  requestMs: number
  connections: number
  sessions: SessionLimits | undefined
}

const LIMITS: HttpLimits = {
  headersMs: 10_000,
  requestMs: 30_000,
  connections: 2000,
  sessions: undefined,
}

/**
 * Longer than clients keep an idle connection, so that they close it. If the server closes it while the next call is on its way, that
 * call fails; by default that is after 5 seconds, about the time that an assistant thinks.
 */
const KEEP_ALIVE_MS = 11 * 60_000

/** How long the server waits for answers to be written when it stops. */
function answersSent(): Promise<void> {
  return pause(200, undefined, { ref: false })
}

/** The HTTP server of this process. */
export class HttpServer {
  readonly #settings: HttpSettings
  readonly #limits: HttpLimits
  readonly #server: Server
  readonly #clients: Bearer
  readonly #humans: Bearer
  readonly #steps = new RunningSteps()
  readonly #endpoint: McpEndpoint
  readonly #stopping = new AbortController()
  #hosts: ReadonlySet<string> = new Set()

  constructor(settings: HttpSettings) {
    this.#settings = settings
    this.#limits = { ...LIMITS, ...settings.limits }
    const { headersMs, requestMs, connections, sessions } = this.#limits
    this.#clients = new Bearer(settings.token)
    this.#humans = new Bearer(settings.pageToken)
    this.#endpoint = new McpEndpoint(settings.workspaces, this.#steps, sessions)
    const checkedEvery = Math.min(1000, headersMs, requestMs)
    this.#server = createServer(
      {
        headersTimeout: headersMs,
        requestTimeout: requestMs,
        connectionsCheckingInterval: checkedEvery,
        maxHeaderSize: 16 * 1024,
        insecureHTTPParser: false,
      },
      (request, response) => void this.#respond(request, response),
    )
    this.#server.maxConnections = connections
    this.#server.keepAliveTimeout = KEEP_ALIVE_MS
  }

  /** Listens, and returns the address of the page. Rejects if the port cannot be used. */
  async listen(): Promise<string> {
    const { host, port } = this.#settings
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject)
      this.#server.listen({ host, port, exclusive: true }, resolve)
    })
    const bound = this.#server.address()
    const actual = typeof bound === 'object' && bound !== null ? bound.port : port
    this.#hosts = hostHeaders({ host, port: actual })
    const url = urlOf({ host, port: actual })
    noteAddress(url, this.#settings.workspaces, this.#stopping.signal)
    return url
  }

  /** Answers the calls that wait for a step, and ends the steps, the streams and the connections. */
  async stop(): Promise<void> {
    const closed = new Promise(resolve => this.#server.close(resolve))
    this.#steps.stop()
    this.#stopping.abort()
    await Promise.race([closed, answersSent()])
    await this.#endpoint.close()
    await Promise.race([closed, answersSent()])
    this.#server.closeAllConnections()
    await closed
  }

  async #respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      for (const [name, value] of Object.entries(HEADERS)) response.setHeader(name, value)
      const rejection = guard(request, { hosts: this.#hosts })
      if (rejection) return reject(rejection, request, response)
      await this.#route(request, response)
    } catch (error) {
      if (response.headersSent || response.destroyed) return void response.destroy()
      const text = error instanceof Error ? (error.stack ?? error.message) : String(error)
      console.error(safeText(text))
      sendRejection(
        { status: 500, message: 'Internal error; see the output of the server.' },
        response,
      )
    }
  }

  async #route(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', `http://${request.headers.host ?? ''}`)
    if (url.pathname === '/health') return health(request, response)
    const { authorization } = request.headers
    if (url.pathname !== '/mcp') {
      const { workspaces } = this.#settings
      const isAuthorised = this.#humans.accepts(authorization)
      const options = { workspaces, isAuthorised, signal: this.#stopping.signal }
      const isOfPage = await handlePage(request, response, options)
      return isOfPage ? undefined : reject(NOT_FOUND, request, response)
    }
    if (!this.#clients.accepts(authorization)) return reject(UNAUTHORISED, request, response)
    await this.#endpoint.answer(request, response, url)
  }
}

/** Only says that the server runs. It reveals nothing about its projects. */
function health(request: IncomingMessage, response: ServerResponse): void {
  if (request.method === 'GET' || request.method === 'HEAD')
    return sendJson(response, { status: 'ok', name: 'redgreen', version: VERSION })
  reject({ status: 405, message: 'Only GET.', headers: { allow: 'GET, HEAD' } }, request, response)
}

/** The rest of the body is received and dropped, because a client that is still sending would not read the answer. */
function reject(rejection: Rejection, request: IncomingMessage, response: ServerResponse): void {
  request.resume()
  sendRejection(rejection, response)
}

const UNAUTHORISED: Rejection = {
  status: 401,
  message:
    'The token of this server is missing or wrong. Send it as `Authorization: Bearer TOKEN`.',
  headers: { 'www-authenticate': 'Bearer realm="redgreen"' },
}

const NOT_FOUND: Rejection = { status: 404, message: 'There is nothing at this address.' }
