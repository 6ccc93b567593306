import type { IncomingMessage, ServerResponse } from 'node:http'
import { safeText } from '../runner/safe-text.ts'
import { stopRun } from '../store/live-runs.ts'
import { stateOf } from '../store/state.ts'
import { mapErrors } from '../workflow/context/error-mapping.ts'
import { Refusal } from '../workflow/context/refusal.ts'
import { announcePage, isFromThisMachine } from './announcement.ts'
import { streamChanges } from './change-stream.ts'
import { answerQuestion, questionOf } from './decisions.ts'
import { documentView } from './document.ts'
import { taskEvidence } from './evidence.ts'
import { featureView } from './feature-view.ts'
import { runOutput } from './output.ts'
import { pageCall, type PageWorkspace, type Place } from './page-call.ts'
import { sendReplay } from './replay.ts'
import { sendJson, sendPage } from './reply.ts'
import { BadRequest, bodies, bodyOf, queries, queryOf } from './requests.ts'
import { verification } from './verification.ts'
import { VERSION } from './version.ts'
import { WatchedWorkspace } from './watched-workspace.ts'
import type { Board } from './wire.ts'

export interface PageOptions {
  workspaces: readonly PageWorkspace[]
  /** The request has the token of the page, which decides as a human. */
  isAuthorised: boolean
  /** Aborts when the server stops. */
  signal: AbortSignal
}

/** One request, with what its answer needs. */
interface Exchange extends PageOptions {
  request: IncomingMessage
  response: ServerResponse
  url: URL
}

/**
 * Answers a request for the live page or its data. The server has checked host, origin and token before. Reading needs no token on the
 * loopback interface; what asks, decides, runs or stops something does. Returns false for a path of somebody else.
 */
export async function handlePage(
  request: IncomingMessage,
  response: ServerResponse,
  options: PageOptions,
): Promise<boolean> {
  const url = new URL(request.url ?? '/', 'http://page')
  if (url.pathname !== '/' && !url.pathname.startsWith('/page/')) return false
  const exchange = { ...options, request, response, url }
  try {
    announcePage(request, options)
    await answer(exchange)
  } catch (error) {
    // When the server stops, what was going on ends with it.
    if (response.headersSent || options.signal.aborted) response.destroy()
    else sendError(response, error)
  }
  return true
}

function sendError(response: ServerResponse, error: unknown): void {
  if (error instanceof BadRequest) return sendJson(response, 400, { refused: error.message })
  if (error instanceof Refusal) return sendJson(response, 409, { refused: error.message })
  console.error(safeText(error instanceof Error ? (error.stack ?? '') : String(error)))
  return sendJson(response, 500, { refused: 'Internal error: see the output of the server.' })
}

type Route = (exchange: Exchange) => Promise<void> | void

async function answer(exchange: Exchange): Promise<void> {
  const { request, response, url, isAuthorised } = exchange
  const { method = '' } = request
  if (url.pathname === '/') {
    if (method !== 'GET' && method !== 'HEAD') return refuse(response, 405, 'Only GET works here.')
    return sendPage(response, method === 'GET')
  }
  const name = url.pathname.slice('/page/'.length)
  const acting = ACTING.get(name)
  const route = READING.get(name) ?? acting
  if (!route) return refuse(response, 404, 'There is nothing at this address.')
  if (method !== (acting ? 'POST' : 'GET'))
    return refuse(response, 405, 'This address has another method.')
  const needsToken = acting !== undefined || !isFromThisMachine(request)
  if (needsToken && !isAuthorised)
    return refuse(
      response,
      401,
      'This needs the token of the page: redgreen serve prints its address when it starts.',
    )
  await route(exchange)
}

function refuse(response: ServerResponse, status: number, refused: string): void {
  sendJson(response, status, { refused })
}

/** Read with GET. Maps, because the members of an object include those of its prototype. */
const READING = routes({
  board: async ({ response, workspaces, isAuthorised, signal }) => {
    const views = workspaces.map(workspace => watched(workspace).board.view(signal))
    const board: Board = { version: VERSION, isAuthorised, workspaces: await Promise.all(views) }
    sendJson(response, 200, board)
  },
  events: ({ request, response, workspaces, signal }) => {
    streamChanges(request, response, workspaces.map(watched), signal)
  },
  feature: async exchange => {
    const query = queryOf(queries.feature, exchange.url)
    await sendView(exchange, query, place => featureView(place, exchange.signal))
  },
  task: async exchange => {
    const query = queryOf(queries.task, exchange.url)
    await sendView(exchange, query, place => taskEvidence(place, query.task, exchange.signal))
  },
  document: async exchange => {
    const query = queryOf(queries.document, exchange.url)
    await sendView(exchange, query, place => documentView(place, query.document, exchange.signal))
  },
  output: async exchange => {
    const { log, offset, ...query } = queryOf(queries.output, exchange.url)
    await sendView(exchange, query, place => runOutput(place, { log, offset }, exchange.signal))
  },
  verification: async exchange => {
    const query = queryOf(queries.verification, exchange.url)
    await sendView(exchange, query, place => verification(place, exchange.signal))
  },
})

/** Sent with POST. All of these need the token. */
const ACTING = routes({
  session: ({ response }) => sendJson(response, 200, { isAuthorised: true }),
  // It records no decision, but it finishes what a crash left, and looks at every file of the workspace.
  question: async exchange => {
    const body = await bodyOf(bodies.question, exchange.request)
    await sendView(exchange, body, place => questionOf(place, body.decision, exchange.signal))
  },
  decision: async exchange => {
    const body = await bodyOf(bodies.decision, exchange.request)
    await sendView(exchange, body, place =>
      answerQuestion(place, body.decision, body, exchange.signal),
    )
  },
  replay: async exchange => {
    const body = await bodyOf(bodies.replay, exchange.request)
    await sendReplay(exchange, await placeOf(exchange, body), body.task)
  },
  stop: async exchange => {
    const { request, response } = exchange
    const { workspace, run } = await bodyOf(bodies.stop, request)
    const { root } = (await placeOf(exchange, { workspace })).workspace
    const stopped = await stopRun(stateOf({ root }), run)
    if (stopped) sendJson(response, 200, { stopped })
    else refuse(response, 409, 'That run has ended already.')
  },
})

function routes(all: Record<string, Route>): ReadonlyMap<string, Route> {
  return new Map(Object.entries(all))
}

/** Answers with what `read` returns for the place that a request names. */
async function sendView(
  exchange: Exchange,
  named: { workspace: string; feature?: string | undefined },
  read: (place: Place) => Promise<object>,
): Promise<void> {
  const place = await placeOf(exchange, named)
  const view = await mapErrors(pageCall(place, exchange.signal), () => read(place))
  sendJson(exchange.response, 200, view)
}

/** A plan that the board does not list may be any file of the project, and reading needs no token. */
async function placeOf(
  { workspaces, signal }: Pick<PageOptions, 'workspaces' | 'signal'>,
  { workspace: name, feature }: { workspace: string; feature?: string | undefined },
): Promise<Place> {
  const workspace = workspaces.find(workspace => workspace.name === name)
  if (!workspace) throw new BadRequest(`This server has no workspace "${name}".`)
  if (feature !== undefined && !(await watched(workspace).board.lists(feature, signal)))
    throw new BadRequest(`The workspace "${name}" has no plan "${feature}".`)
  return { workspace, feature }
}

const known = new Map<string, WatchedWorkspace>()

/** One for each workspace, however many pages show it. */
function watched(workspace: PageWorkspace): WatchedWorkspace {
  const found = known.get(workspace.root) ?? new WatchedWorkspace(workspace)
  known.set(workspace.root, found)
  return found
}
