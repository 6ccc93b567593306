import {
  isInputRequiredResult,
  type CallToolResult,
  type InputRequiredResult,
  type McpServer,
  type ServerContext,
  type Tool as ListedTool,
} from '@modelcontextprotocol/server'
import * as z from 'zod'
import { Unanswered } from './elicitation.ts'
import { safeAnswer, safeMessage, safeText } from '../runner/safe-text.ts'
import { annotationsFor } from '../tools/annotations.ts'
import { tools } from '../tools/index.ts'
import type { AnyTool } from '../tools/tool.ts'
import type { Call } from '../workflow/context/call.ts'
import { Refusal } from '../workflow/context/refusal.ts'
import type { RunningSteps } from './running-steps.ts'

/** Makes the call for a request. */
type CallMaker = (ctx: ServerContext, feature: string | undefined) => Promise<Call>

interface Serving {
  makeCall: CallMaker
  steps: RunningSteps
}

/**
 * Serves the tools by handling the protocol's requests directly. The SDK's helper would validate the input itself and
 * answer in its own words; our refusals have a code and a remedy.
 */
export function serveTools(server: McpServer, serving: Serving): void {
  server.server.registerCapabilities({ tools: {} })
  server.server.setRequestHandler('tools/list', () => ({ tools: tools.map(listed) }))
  server.server.setRequestHandler('tools/call', async ({ params }, ctx) => {
    const tool = tools.find(({ name }) => name === params.name)
    const result = tool
      ? await callTool(tool, params.arguments ?? {}, ctx, serving)
      : refused(new Refusal('bad_arguments', `There is no tool ${params.name}.`, listTools()))
    if (isInputRequiredResult(result)) return result
    return server.server.projectCallToolResult(result, tool && jsonSchema(tool.output, 'output'))
  })
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
  input: Record<string, unknown>,
  ctx: ServerContext,
  { makeCall, steps }: Serving,
): Promise<CallToolResult | InputRequiredResult> {
  try {
    const prepared = tool.prepare(input)
    const { feature } = prepared.arguments
    const call = await makeCall(ctx, typeof feature === 'string' ? feature : undefined)
    const { structured, text } = await (tool.long
      ? steps.answer({ tool, input, prepared }, call, ctx)
      : prepared.run(call))
    // The documents of the project are shown as they are.
    const clean = tool.name === 'read_document' ? safeText : safeMessage
    return {
      content: [{ type: 'text', text: clean(text) }],
      structuredContent: safeAnswer(structured),
    }
  } catch (error) {
    if (error instanceof Unanswered) return error.result
    if (error instanceof Refusal) return refused(error)
    if (ctx.mcpReq.signal.aborted) return refused(new Refusal('crashed', 'The call was cancelled.'))
    const text = safeText(error instanceof Error ? error.message : String(error))
    console.error(safeText(error instanceof Error ? (error.stack ?? text) : text))
    return { content: [{ type: 'text', text: `Internal error: ${text}` }], isError: true }
  }
}

/** A refusal has text only: clients reject structured content that does not match the output schema. */
function refused({ code, message }: Refusal): CallToolResult {
  const text = safeMessage(`[${code}] ${message}`)
  return { content: [{ type: 'text', text }], isError: true, _meta: { 'redgreen/code': code } }
}

function listTools(): string {
  return `Nothing was done. The tools are ${tools.map(({ name }) => name).join(', ')}.`
}

/** JSON Schema without the parts that cost tokens without informing a model. */
function jsonSchema(schema: z.ZodObject, io: 'input' | 'output'): Record<string, unknown> {
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
