import {
  isInputRequiredResult,
  type CallToolResult,
  type InputRequiredResult,
  type McpServer,
  type ServerContext,
  type Tool as ListedTool,
} from '@modelcontextprotocol/server'
import * as z from 'zod'
import { splitClaim, type Caller, type CallerRequest, type FindCaller } from './caller.ts'
import { taskIn, withCaller, withClaim } from './claimed-answer.ts'
import { withApp } from './app.ts'
import { Unanswered } from './elicitation.ts'
import { safeAnswer, safeMessage, safeText } from '../runner/safe-text.ts'
import { annotationsFor } from '../tools/annotations.ts'
import { joinLines } from '../tools/format.ts'
import type { AnyTool } from '../tools/tool.ts'
import type { Call } from '../workflow/context/call.ts'
import { Refusal } from '../workflow/context/refusal.ts'
import type { RunningSteps } from './running-steps.ts'

/** Makes the call for a request. */
type CallMaker = (ctx: ServerContext, feature: string | undefined) => Promise<Call>

interface Serving {
  makeCall: CallMaker
  steps: RunningSteps
  findCaller: FindCaller
  /** Every tool accepts `claim`. It is listed only where calls need it, because a model pays for every token. */
  listsClaim: boolean
  /** Whether the client shows apps beside answers. */
  showsApp: () => boolean
  /** Called after each answer. */
  onAnswer: (() => void) | undefined
}

/**
 * Serves the tools by handling the protocol's requests directly. The SDK's helper would validate the input itself and
 * answer in its own words; our refusals have a code and a remedy.
 */
export function serveTools(server: McpServer, serving: Serving): void {
  server.server.registerCapabilities({ tools: {} })
  const list = (tool: AnyTool) => {
    const plain = serving.listsClaim ? withClaim(listed(tool)) : listed(tool)
    return serving.showsApp() ? withApp(plain) : plain
  }
  server.server.setRequestHandler('tools/list', async () => ({
    tools: (await allTools()).map(list),
  }))
  server.server.setRequestHandler('tools/call', async ({ params }, ctx) => {
    const tools = await allTools()
    const tool = tools.find(({ name }) => name === params.name)
    const result = tool
      ? await callTool(tool, params.arguments ?? {}, { ctx, client: clientOf(server) }, serving)
      : refused(new Refusal('bad_arguments', `There is no tool ${params.name}.`, listTools(tools)))
    serving.onAnswer?.()
    if (isInputRequiredResult(result)) return result
    return server.server.projectCallToolResult(result, tool && jsonSchema(tool.output, 'output'))
  })
}

/** Loaded after the client has connected, because their schemas take time. */
async function allTools(): Promise<AnyTool[]> {
  return (await import('../tools/index.ts')).tools
}

/** A tool as a client sees it. */
export function listed(tool: AnyTool): ListedTool {
  const { name, title, description, input, output, changes } = tool
  return {
    name,
    title,
    description,
    inputSchema: { ...jsonSchema(input, 'input'), type: 'object' },
    outputSchema: { ...jsonSchema(output, 'output'), type: 'object' },
    annotations: annotationsFor(changes),
  }
}

async function callTool(
  tool: AnyTool,
  given: Record<string, unknown>,
  { ctx, client }: { ctx: ServerContext; client: CallerRequest['client'] },
  { makeCall, steps, findCaller }: Serving,
): Promise<CallToolResult | InputRequiredResult> {
  let caller: Caller | undefined
  try {
    const { claim, input } = splitClaim(given)
    const prepared = tool.prepare(input)
    const call = await makeCall(ctx, textOf(prepared.arguments['feature']))
    const task = textOf(prepared.arguments['task'])
    caller = await findCaller({ tool: tool.name, claim, task, client, call })
    // A call that waits for a human is answered when the server is stopped. Long steps do that themselves.
    const signal = tool.long ? call.signal : AbortSignal.any([call.signal, steps.stopping])
    const own = { ...call, signal, holder: caller.holder }
    const response = await (tool.long
      ? steps.answer({ tool, input, prepared }, own, ctx)
      : prepared.run(own))
    const subject = task ?? taskIn(response)
    if (subject !== undefined) caller.remember?.(subject)
    const { structured, text } = withCaller(tool, response, caller, claim)
    // The documents of the project are shown as they are.
    const clean = tool.name === 'read_document' ? safeText : safeMessage
    return {
      content: [{ type: 'text', text: clean(text) }],
      structuredContent: safeAnswer(structured),
    }
  } catch (error) {
    if (error instanceof Unanswered) return error.result
    if (error instanceof Refusal) return refused(error, caller?.note)
    if (steps.stopping.aborted) return refused(stopped(tool), caller?.note)
    if (ctx.mcpReq.signal.aborted) return refused(new Refusal('crashed', 'The call was cancelled.'))
    const text = safeText(error instanceof Error ? error.message : String(error))
    console.error(safeText(error instanceof Error ? (error.stack ?? text) : text))
    return { content: [{ type: 'text', text: `Internal error: ${text}` }], isError: true }
  }
}

function stopped({ name }: AnyTool): Refusal {
  return new Refusal(
    'server_stopped',
    `The server was stopped while ${name} was running, so it has no result.`,
    'When the server runs again, repeat the call.',
  )
}

/** In the 2026 protocol each request says which client sent it, earlier it belongs to the connection. */
function clientOf(server: McpServer): CallerRequest['client'] {
  const { name = 'a client', version = '' } = server.server.getClientVersion() ?? {}
  return { name, key: `${name}\n${version}` }
}

/** A refusal has text only: clients reject structured content that does not match the output schema. */
function refused({ code, message }: Refusal, note?: string): CallToolResult {
  const text = safeMessage(joinLines(`[${code}] ${message}`, note))
  return { content: [{ type: 'text', text }], isError: true, _meta: { 'redgreen/code': code } }
}

function listTools(tools: readonly AnyTool[]): string {
  return `Nothing was done. The tools are ${tools.map(({ name }) => name).join(', ')}.`
}

/** JSON Schema without the parts that cost tokens without informing a model. */
function jsonSchema(schema: z.ZodObject, io: 'input' | 'output'): Record<string, unknown> {
  const known = SCHEMAS.get(schema) ?? makeJsonSchema(schema, io)
  SCHEMAS.set(schema, known)
  return known
}

/** A schema is that of an input or that of an output. */
const SCHEMAS = new WeakMap<z.ZodObject, Record<string, unknown>>()

function makeJsonSchema(schema: z.ZodObject, io: 'input' | 'output'): Record<string, unknown> {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, {
    io,
    override: ({ jsonSchema: part }) => {
      if (part.maximum === Number.MAX_SAFE_INTEGER) delete part.maximum
      if (part.additionalProperties !== undefined && part.additionalProperties !== false) {
        delete part.additionalProperties
      }
    },
  })
  return rest
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}
