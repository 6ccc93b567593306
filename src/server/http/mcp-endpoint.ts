import type { IncomingMessage, ServerResponse } from 'node:http'
import {
  createMcpHandler,
  isLegacyRequest,
  type McpHttpHandler,
} from '@modelcontextprotocol/server'
import type { RunningSteps } from '../running-steps.ts'
import { createServer } from '../server.ts'
import { StatelessCallers } from '../stateless-callers.ts'
import { messageIn, readBody, sendRejection, sendResponse, webRequest } from './messages.ts'
import { chosenWorkspace, type ServedWorkspace } from './served-workspaces.ts'
import { SessionClaims } from './session-claims.ts'
import { Sessions, type SessionLimits } from './sessions.ts'
import { Updates } from './updates.ts'

/** How many streams of the 2026 protocol may be open for one workspace. */
const MAX_STREAMS = 1024

const METHODS = ['GET', 'POST', 'DELETE']

/** What one workspace needs between requests. Everything else is made for each request. */
interface Served {
  handler: McpHttpHandler
  updates: Updates
}

/** Answers the requests of the protocol at `/mcp`: those of 2026 without a state, those of 2025 in sessions. */
export class McpEndpoint {
  readonly #workspaces: readonly ServedWorkspace[]
  readonly #steps: RunningSteps
  readonly #sessions: Sessions
  readonly #callers: StatelessCallers
  readonly #served = new Map<ServedWorkspace, Served>()

  constructor(workspaces: readonly ServedWorkspace[], steps: RunningSteps, limits?: SessionLimits) {
    this.#workspaces = workspaces
    this.#steps = steps
    const claims = new SessionClaims()
    this.#callers = new StatelessCallers(claim => claims.pass(claim))
    this.#sessions = new Sessions(steps, claims, limits)
  }

  /** Answers a request that carries the token. */
  async answer(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
    const { method = '' } = request
    if (!METHODS.includes(method)) {
      const headers = { allow: METHODS.join(', ') }
      return sendRejection({ status: 405, message: 'This address takes POST.', headers }, response)
    }
    const workspace = chosenWorkspace(this.#workspaces, url)
    if (typeof workspace === 'string')
      return sendRejection({ status: 400, message: workspace }, response)
    const body = await readBody(request)
    if (body === undefined) return sendRejection(TOO_LONG, response)
    const read = method === 'POST' ? messageIn(body) : { message: undefined }
    if ('refused' in read) return sendRejection(read.refused, response)
    const disconnected = new AbortController()
    response.once('close', () => disconnected.abort())
    const web = webRequest(request, url, disconnected.signal)
    await this.#send(workspace, { web, message: read.message }, response)
  }

  /** Ends every stream and session. */
  async close(): Promise<void> {
    const handlers = [...this.#served.values()].map(({ handler }) => handler.close())
    await Promise.all([...handlers, this.#sessions.close()])
  }

  async #send(
    workspace: ServedWorkspace,
    { web, message }: { web: Request; message: object | undefined },
    response: ServerResponse,
  ): Promise<void> {
    if (message === undefined || (await isLegacyRequest(web, message))) {
      const answer = await this.#sessions.answer(workspace, web, message)
      try {
        await sendResponse(answer.response, response)
      } finally {
        answer.sent?.()
      }
      return
    }
    const { handler, updates } = this.#servedAt(workspace)
    const answer = await updates.around(message, () => handler.fetch(web, { parsedBody: message }))
    await sendResponse(answer, response)
  }

  #servedAt(workspace: ServedWorkspace): Served {
    const known = this.#served.get(workspace)
    if (known) return known
    const updates = new Updates(workspace.root)
    const { root } = workspace
    const settings = { steps: this.#steps, http: { root, findCaller: this.#callers.find } }
    const handler = createMcpHandler(context => createServer(settings, context), {
      legacy: 'reject',
      bus: updates,
      maxSubscriptions: MAX_STREAMS,
    })
    const served = { handler, updates }
    this.#served.set(workspace, served)
    return served
  }
}

const TOO_LONG = { status: 413, message: 'The body is longer than 4 MiB. Nothing was done.' }
