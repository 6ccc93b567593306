import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import * as z from 'zod'
import { project, submission } from '../../evidence/witness/statement.ts'
import { safeText } from '../../runner/safe-text.ts'
import { parseJson } from '../../plan/parse-json.ts'
import { Bearer } from '../http/bearer.ts'
import { readBody, sendJson } from '../http/messages.ts'
import { ProjectFull, type Witness } from './witness.ts'

/** Where a witness listens. */
export type WitnessPlace = { socket: string } | { host: string; port: number }

interface Options {
  token: string
  /** Certificate and private key, as PEM. */
  tls?: { cert: Buffer; key: Buffer } | undefined
}

const LIMITS = {
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  connectionsCheckingInterval: 1000,
  maxHeaderSize: 16 * 1024,
}

/** Serves a witness over HTTP, HTTPS or a unix socket. */
export class WitnessServer {
  readonly #witness: Witness
  readonly #clients: Bearer
  readonly #server: Server

  constructor(witness: Witness, { token, tls }: Options) {
    this.#witness = witness
    this.#clients = new Bearer(token)
    const answer = (request: IncomingMessage, response: ServerResponse) =>
      void this.#respond(request, response)
    this.#server = tls
      ? createTlsServer({ ...LIMITS, ...tls }, answer)
      : createServer(LIMITS, answer)
    this.#server.maxConnections = 500
  }

  /** Listens, and returns the port; 0 for a socket. Every user may connect to the socket, because the token decides who is answered. */
  async listen(place: WitnessPlace): Promise<number> {
    const where =
      'socket' in place
        ? { path: place.socket, readableAll: true, writableAll: true }
        : { ...place, exclusive: true }
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject)
      this.#server.listen(where, resolve)
    })
    const bound = this.#server.address()
    return typeof bound === 'object' && bound !== null ? bound.port : 0
  }

  async stop(): Promise<void> {
    const closed = new Promise(resolve => this.#server.close(resolve))
    this.#server.closeAllConnections()
    await closed
    this.#witness.close()
  }

  async #respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      response.setHeader('cache-control', 'no-store')
      const { status, body } = await this.#answer(request)
      request.resume()
      sendJson(response, body, { status })
    } catch (error) {
      if (response.headersSent || response.destroyed) return void response.destroy()
      if (error instanceof ProjectFull)
        return sendJson(response, { error: error.message }, { status: 507 })
      console.error(safeText(error instanceof Error ? error.message : String(error)))
      sendJson(
        response,
        { error: 'Internal error; see the output of the witness.' },
        { status: 500 },
      )
    }
  }

  async #answer(request: IncomingMessage): Promise<{ status: number; body: object }> {
    const target = request.url ?? '/'
    // `//` is not an address.
    if (!URL.canParse(target, 'http://witness')) return problem(400, 'This is not an address.')
    const { pathname, searchParams } = new URL(target, 'http://witness')
    // Browsers are refused, because no web page needs a witness.
    if (request.headers.origin !== undefined || request.headers['sec-fetch-site'] !== undefined)
      return problem(403, 'Requests of browsers are refused.')
    if (pathname === '/key') return { status: 200, body: { key: this.#witness.publicKey } }
    if (!this.#clients.accepts(request.headers.authorization))
      return problem(401, 'The token of the witness is missing or wrong.')
    const route = `${request.method} ${pathname}`
    if (route === 'POST /events') {
      const body = await readBody(request)
      const { data, error } = submission.safeParse(parseJson(body?.toString('utf8') ?? ''))
      return data
        ? { status: 200, body: this.#witness.hear(data) }
        : problem(400, z.prettifyError(error))
    }
    const place = query.safeParse(Object.fromEntries(searchParams)).data
    if (!place) return problem(400, 'The project is missing or has no plain name.')
    const { feature } = place
    if (route === 'GET /heads' && feature !== undefined)
      return { status: 200, body: this.#witness.heads({ project: place.project, feature }) }
    if (route === 'GET /statement')
      return { status: 200, body: this.#witness.statement(place.project) }
    return problem(404, 'There is nothing at this address.')
  }
}

const query = z.object({ project, feature: submission.shape.feature.optional() })

function problem(status: number, error: string): { status: number; body: object } {
  return { status, body: { error } }
}
