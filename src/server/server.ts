import { McpServer, type McpRequestContext } from '@modelcontextprotocol/server'
import * as z from 'zod'
import { implement } from '../prompts/implement.ts'
import { resources } from '../resources/index.ts'
import { createHolder } from '../store/leases/holder.ts'
import type { Call } from '../workflow/context/call.ts'
import { processCaller, type FindCaller } from './caller.ts'
import { serveApp } from './app.ts'
import { elicitation } from './elicitation.ts'
import { instructions } from './instructions.ts'
import { serveResources, type ReadCall } from './resources.ts'
import { RootFinder } from './root.ts'
import type { RunningSteps } from './running-steps.ts'
import { toolFrontend } from './frontend.ts'
import { serveTools } from './tool-calls.ts'
import { VERSION } from './version.ts'
import { Watch } from './watch.ts'

export interface ServerSettings {
  /** The project folder, if it was given at the start. */
  root?: string | undefined
  /** The long steps of this process, shared by its connections. */
  steps: RunningSteps
  /** Over HTTP the project was chosen at the start, and each call has its own caller. */
  http?: { root: string; findCaller: FindCaller }
  /** Called after each answer to a tool call. */
  onAnswer?: () => void
  /** Called when the connection closes. */
  onClose?: () => void
}

/** The calls over stdio, of every connection of this process. */
const ofProcess = processCaller()

/** No list changes while the server runs, so that none is announced. */
const CAPABILITIES = {
  resources: { subscribe: true, listChanged: false },
  prompts: { listChanged: false },
}

/** These lists change only with the version. Everything else keeps the SDK's hint, which is not to keep it. */
const LONG = { ttlMs: 3_600_000, cacheScope: 'public' } as const
const CACHE_HINTS = { 'tools/list': LONG, 'prompts/list': LONG, 'resources/templates/list': LONG }

/** Creates the MCP server for one connection, of either protocol era. */
export async function createServer(
  settings: ServerSettings,
  { era }: McpRequestContext,
): Promise<McpServer> {
  const server = new McpServer(
    { name: 'redgreen', title: 'redgreen-mcp', version: VERSION },
    {
      capabilities: CAPABILITIES,
      instructions,
      cacheHints: CACHE_HINTS,
    },
  )
  const root = new RootFinder(server, settings.root)
  const fixed = settings.http && { root: settings.http.root, reason: undefined }
  const makeCall = async (feature: string | undefined, signal: AbortSignal): Promise<Call> => {
    const { root: folder, reason } = await (fixed ?? root.find())
    return {
      root: folder,
      rootReason: reason,
      feature,
      // The tool calls find out who it is.
      holder: createHolder('', 'nobody', process.pid),
      frontend: toolFrontend,
      signal,
      // A long step has its own.
      note: () => undefined,
    }
  }
  const readCall = (feature: string | undefined) => makeCall(feature, new AbortController().signal)
  const app = serveApp(server, era)
  let isCalled = false
  serveTools(server, {
    async makeCall(ctx, feature) {
      isCalled = true
      const call = await makeCall(feature, ctx.mcpReq.signal)
      const elicit = elicitation(server, ctx)
      return { ...call, frontend: { ...call.frontend, ...(elicit && { elicit }) } }
    },
    steps: settings.steps,
    findCaller: settings.http?.findCaller ?? ofProcess,
    listsClaim: settings.http !== undefined,
    showsApp: app.isShown,
    onAnswer: settings.onAnswer,
  })
  serveResources(server, readCall)
  servePrompt(server)
  const watch = new Watch(readCall, uri => server.server.sendResourceUpdated({ uri }))
  server.server.onclose = () => {
    watch.stop()
    settings.onClose?.()
  }
  server.server.oninitialized = () => {
    app.onInitialized()
    void loadAhead(settings.root === undefined ? undefined : readCall, () => isCalled)
  }
  await serveSubscriptions(server, { era, watch, readCall, isHttp: settings.http !== undefined })
  return server
}

/** Loads the modules and the plan that the first call needs, while the model still thinks about it. */
async function loadAhead(readCall: ReadCall | undefined, isOver: () => boolean): Promise<void> {
  try {
    await import('../tools/index.ts')
    const { readAhead } = await import('../workflow/steps.ts')
    // To find the project, the client may have to be asked, which is for the first call.
    if (readCall) await readAhead(await readCall(undefined), isOver)
  } catch {
    // The first call says what is wrong.
  }
}

function servePrompt(server: McpServer): void {
  const { name, title, description, text } = implement
  const argsSchema = z.object({ feature: z.string().optional() })
  server.registerPrompt(name, { title, description, argsSchema }, ({ feature }) => ({
    messages: [{ role: 'user', content: { type: 'text', text: text(feature) } }],
  }))
}

/** Watches the listed resources of the active feature, under both of its names; the transport drops unsubscribed ones. */
export async function watchActive(watch: Watch, readCall: ReadCall): Promise<void> {
  const { loadContext } = await import('../workflow/steps.ts')
  const context = await loadContext(await readCall(undefined)).catch(() => undefined)
  const names = ['active', ...(context ? [encodeURIComponent(context.key)] : [])]
  const paths = resources.map(({ path }) => path).filter(path => !path.includes('{'))
  await watch.add(names.flatMap(name => paths.map(path => `redgreen://${name}/${path}`)))
}

interface Subscriptions {
  era: McpRequestContext['era']
  watch: Watch
  readCall: ReadCall
  isHttp: boolean
}

/** In the 2025 protocols the server keeps the list of subscriptions; in 2026 the transport does. */
async function serveSubscriptions(
  server: McpServer,
  { era, watch, readCall, isHttp }: Subscriptions,
): Promise<void> {
  if (era === 'modern') {
    // Started before the first request, so that every later change is announced. Over HTTP there is a server for each request.
    return isHttp ? undefined : watchActive(watch, readCall)
  }
  server.server.setRequestHandler('resources/subscribe', async ({ params }) => {
    await watch.add([params.uri])
    return {}
  })
  server.server.setRequestHandler('resources/unsubscribe', ({ params }) => {
    watch.remove(params.uri)
    return {}
  })
}
