import type { IncomingMessage, ServerResponse } from 'node:http'
import { safeText } from '../runner/safe-text.ts'
import { stopRun } from '../store/live-runs.ts'
import { stateOf } from '../store/state.ts'
import { mapErrors } from '../workflow/context/error-mapping.ts'
import { Refusal } from '../workflow/context/refusal.ts'
import { replayTask } from '../workflow/replay-task.ts'
import { announcePage, isLoopback } from './announcement.ts'
import { streamChanges } from './change-stream.ts'
import { answerQuestion, questionOf } from './decisions.ts'
import { documentView } from './document.ts'
import { taskEvidence } from './evidence.ts'
import { featureView } from './feature-view.ts'
import { runOutput } from './output.ts'
import { pageCall, type PageWorkspace, type Place } from './page-call.ts'
import { sendJson, sendLines, sendPage } from './reply.ts'
import { BadRequest, bodies, bodyOf, queries, queryOf } from './requests.ts'
import { verification } from './verification.ts'
import { VERSION } from './version.ts'
import { WatchedWorkspace } from './watched-workspace.ts'
import type { Board, ReplayLine } from './wire.ts'

export interface PageOptions {
  workspaces: readonly PageWorkspace[]
  /** The request has the right token. */
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
 * loopback interface; what decides, runs or stops something does. Returns false for a path of somebody else.
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
  const route = READING[name] ?? ACTING[name]
  if (!route) return refuse(response, 404, 'There is nothing at this address.')
  if (method !== (name in BY_GET ? 'GET' : 'POST'))
    return refuse(response, 405, 'This address has another method.')
  const needsToken = name in ACTING || !isLoopback(request)
  if (needsToken && !isAuthorised)
    return refuse(response, 401, 'This needs the token of the server.')
  await route(exchange)
}

function refuse(response: ServerResponse, status: number, refused: string): void {
  sendJson(response, status, { refused })
}

const BY_GET: Readonly<Record<string, Route>> = {
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
}

const READING: Readonly<Record<string, Route>> = {
  ...BY_GET,
  // A question is long, and asking it records nothing.
  question: async exchange => {
    const body = await bodyOf(bodies.question, exchange.request)
    await sendView(exchange, body, place => questionOf(place, body.decision, exchange.signal))
  },
}

const ACTING: Readonly<Record<string, Route>> = {
  session: ({ response }) => sendJson(response, 200, { isAuthorised: true }),
  decision: async exchange => {
    const body = await bodyOf(bodies.decision, exchange.request)
    await sendView(exchange, body, place =>
      answerQuestion(place, body.decision, body, exchange.signal),
    )
  },
  replay: async exchange => {
    const body = await bodyOf(bodies.replay, exchange.request)
    await sendReplay(exchange, placeOf(exchange, body), body.task)
  },
  stop: async ({ request, response, workspaces }) => {
    const { workspace, run } = await bodyOf(bodies.stop, request)
    const { root } = placeOf({ workspaces }, { workspace }).workspace
    const stopped = await stopRun(stateOf({ root }), run)
    if (stopped) sendJson(response, 200, { stopped })
    else refuse(response, 409, 'That run has ended already.')
  },
}

/** Answers with what `read` returns for the place that a request names. */
async function sendView(
  exchange: Exchange,
  named: { workspace: string; feature?: string | undefined },
  read: (place: Place) => Promise<object>,
): Promise<void> {
  const place = placeOf(exchange, named)
  const view = await mapErrors(pageCall(place, exchange.signal), () => read(place))
  sendJson(exchange.response, 200, view)
}

function placeOf(
  { workspaces }: Pick<PageOptions, 'workspaces'>,
  named: { workspace: string; feature?: string | undefined },
): Place {
  const workspace = workspaces.find(({ name }) => name === named.workspace)
  if (workspace) return { workspace, feature: named.feature }
  throw new BadRequest(`This server has no workspace "${named.workspace}".`)
}

async function sendReplay(
  { response, signal }: Exchange,
  place: Place,
  task: string,
): Promise<void> {
  // A reader who leaves ends the runs.
  const left = new AbortController()
  response.on('close', () => left.abort())
  const call = pageCall(place, AbortSignal.any([signal, left.signal]))
  const send: (line: ReplayLine) => void = sendLines(response)
  try {
    const onProgress = (done: number, total: number) => send({ done, total })
    const { runs, findings, notes } = await mapErrors(call, () =>
      replayTask(call, task, onProgress),
    )
    send({ result: { runs, findings: findings.map(({ text }) => text), notes } })
  } catch (error) {
    if (!(error instanceof Refusal) && !left.signal.aborted) throw error
    send({ refused: error instanceof Refusal ? error.message : 'It was cancelled.' })
  }
  response.end()
}

const known = new Map<string, WatchedWorkspace>()

/** One for each workspace, however many pages show it. */
function watched(workspace: PageWorkspace): WatchedWorkspace {
  const found = known.get(workspace.root) ?? new WatchedWorkspace(workspace)
  known.set(workspace.root, found)
  return found
}
