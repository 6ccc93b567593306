import { randomUUID } from 'node:crypto'
import { performance } from 'node:perf_hooks'
import { WebStandardStreamableHTTPServerTransport } from '@modelcontextprotocol/server'
import { coordinatorFor } from '../../store/coordinator/coordinator-for.ts'
import { endLeasesOf } from '../../store/leases/end-lease.ts'
import { readSettings } from '../../store/settings.ts'
import { callerOf, sessionCaller } from '../caller.ts'
import { cleanUp } from '../clean-up.ts'
import type { RunningSteps } from '../running-steps.ts'
import { createServer } from '../server.ts'
import type { ServedWorkspace } from './served-workspaces.ts'
import type { SessionClaims } from './session-claims.ts'

/** How many sessions there may be, and how long one may be idle. */
export interface SessionLimits {
  sessions: number
  idleMs: number
}

const SESSION_LIMITS: SessionLimits = { sessions: 500, idleMs: 30 * 60_000 }

/** An answer, and how to say that it was sent. */
export interface SessionAnswer {
  response: Response
  sent?: () => void
}

interface Session {
  workspace: ServedWorkspace
  transport: WebStandardStreamableHTTPServerTransport
  /** Answers that are being sent, streams among them. */
  open: number
  /** A `performance.now()` value. */
  lastUsed: number
}

/** The sessions of the 2025 protocols. Questions to the human, roots and subscriptions belong to a session. */
export class Sessions {
  readonly #steps: RunningSteps
  readonly #claims: SessionClaims
  readonly #limits: SessionLimits
  readonly #sessions = new Map<string, Session>()
  readonly #sweep: NodeJS.Timeout

  constructor(steps: RunningSteps, claims: SessionClaims, limits: SessionLimits = SESSION_LIMITS) {
    this.#steps = steps
    this.#claims = claims
    this.#limits = limits
    this.#sweep = setInterval(() => this.#endIdle(), Math.min(limits.idleMs, 60_000)).unref()
  }

  /** Answers a request of the 2025 protocols. `message` is its body. */
  async answer(
    workspace: ServedWorkspace,
    request: Request,
    message: object | undefined,
  ): Promise<SessionAnswer> {
    const id = request.headers.get('mcp-session-id')
    if (id === null && isInitialize(message)) return this.#start(workspace, request, message)
    if (id === null) return { response: failure(400, -32_000, NO_SESSION) }
    const session = this.#sessions.get(id)
    if (session?.workspace !== workspace)
      return { response: failure(404, -32_001, 'Session not found') }
    return handle(session, request, message)
  }

  /** Ends every session. */
  async close(): Promise<void> {
    clearInterval(this.#sweep)
    await Promise.all([...this.#sessions.values()].map(({ transport }) => transport.close()))
  }

  async #start(
    workspace: ServedWorkspace,
    request: Request,
    message: object | undefined,
  ): Promise<SessionAnswer> {
    if (!(await this.#makeSpace())) return { response: failure(503, -32_000, TOO_MANY) }
    const transport = new WebStandardStreamableHTTPServerTransport({
      sessionIdGenerator: () => randomUUID(),
      onsessioninitialized: id => void this.#sessions.set(id, session),
    })
    const session: Session = { workspace, transport, open: 0, lastUsed: performance.now() }
    const claim = this.#claims.open()
    const onClose = () => {
      if (transport.sessionId !== undefined) this.#sessions.delete(transport.sessionId)
      void this.#free(workspace, claim)
    }
    const findCaller = sessionCaller(claim, other => this.#claims.pass(other))
    const http = { root: workspace.root, findCaller }
    const settings = { steps: this.#steps, http, onClose }
    const server = await createServer(settings, { era: 'legacy', requestInfo: request })
    await server.connect(transport)
    const answer = await handle(session, request, message)
    if (transport.sessionId === undefined) await server.close()
    return answer
  }

  /** A client that ended its session has stopped working. With its claim it can take its task again, unless somebody else has taken it. */
  async #free({ root }: ServedWorkspace, claim: string): Promise<void> {
    if (this.#claims.end(claim)) return
    await cleanUp(root, async (state, workspace) => {
      const coordinator = await coordinatorFor(workspace, state, readSettings(workspace))
      await endLeasesOf(coordinator, callerOf(claim, '').holder.id)
    })
  }

  /** Ends the session that has been idle for the longest time, if there are too many. */
  async #makeSpace(): Promise<boolean> {
    if (this.#sessions.size < this.#limits.sessions) return true
    const idle = [...this.#sessions.values()].filter(({ open }) => open === 0)
    const [longest] = idle.sort((a, b) => a.lastUsed - b.lastUsed)
    await longest?.transport.close()
    return longest !== undefined
  }

  #endIdle(): void {
    const since = performance.now() - this.#limits.idleMs
    for (const { open, lastUsed, transport } of this.#sessions.values()) {
      if (open === 0 && lastUsed < since) void transport.close()
    }
  }
}

async function handle(
  session: Session,
  request: Request,
  message: object | undefined,
): Promise<SessionAnswer> {
  session.open += 1
  const sent = () => {
    session.open -= 1
    session.lastUsed = performance.now()
  }
  try {
    const body = message === undefined ? {} : { parsedBody: message }
    return { response: await session.transport.handleRequest(request, body), sent }
  } catch (error) {
    sent()
    throw error
  }
}

function isInitialize(message: object | undefined): boolean {
  return message !== undefined && 'method' in message && message.method === 'initialize'
}

const NO_SESSION = 'Bad Request: Mcp-Session-Id header is required'

const TOO_MANY =
  'The server has as many sessions as it accepts, and all are in use. Close a client and try again.'

function failure(status: number, code: number, message: string): Response {
  return Response.json({ jsonrpc: '2.0', error: { code, message }, id: null }, { status })
}
