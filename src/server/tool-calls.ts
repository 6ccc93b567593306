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
import { annotationsFor } from '../tools/annotations.ts'
import { tools } from '../tools/index.ts'
import type { AnyTool } from '../tools/tool.ts'
import type { Call } from '../workflow/context/call.ts'
import { Refusal } from '../workflow/context/refusal.ts'
import type { StepsUnderWay } from './steps-under-way.ts'

/** Makes the call that a request stands for. */
type CallMaker = (ctx: ServerContext, feature: string | undefined) => Promise<Call>

/** What the tools are served with. */
interface Serving {
  makeCall: CallMaker
  steps: StepsUnderWay
}

/**
 * Serves the tools through the protocol's own requests. The SDK's helper would check the input itself and answer with
 * its own words; ours carry a code and a remedy.
 */
export function serveTools(server: McpServer, serving: Serving): void {
  server.server.registerCapabilities({ tools: {} })
  server.server.setRequestHandler('tools/list', () => ({ tools: tools.map(listed) }))
  server.server.setRequestHandler('tools/call', async ({ params }, ctx) => {
    const tool = tools.find(({ name }) => name === params.name)
    const result = tool
      ? await callTool(tool, params.arguments ?? {}, ctx, serving)
      : refused(new Refusal('bad_arguments', `There is no tool ${params.name}.`, namesOfTools()))
    if (isInputRequiredResult(result)) return result
    return server.server.projectCallToolResult(result, tool && jsonSchema(tool.output, 'output'))
  })
}

/** A tool exactly as a client sees it. */
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

const withFeature = z.looseObject({ feature: z.string().optional() })

async function callTool(
  tool: AnyTool,
  input: Record<string, unknown>,
  ctx: ServerContext,
  { makeCall, steps }: Serving,
): Promise<CallToolResult | InputRequiredResult> {
  try {
    const { feature } = withFeature.safeParse(input).data ?? {}
    const call = await makeCall(ctx, feature)
    const { structured, text } = await (tool.long
      ? steps.answer(tool, call, input, ctx)
      : tool.answer(call, input))
    return { content: [{ type: 'text', text }], structuredContent: structured }
  } catch (error) {
    if (error instanceof Unanswered) return error.result
    if (error instanceof Refusal) return refused(error)
    if (ctx.mcpReq.signal.aborted) return refused(new Refusal('crashed', 'The call was cancelled.'))
    console.error(error)
    const text = error instanceof Error ? error.message : String(error)
    return { content: [{ type: 'text', text: `The server met a fault: ${text}` }], isError: true }
  }
}

/** A refusal carries text alone: clients reject structured content that does not fit the output schema. */
function refused({ code, message }: Refusal): CallToolResult {
  const text = `[${code}] ${message}`
  return { content: [{ type: 'text', text }], isError: true, _meta: { 'redgreen/code': code } }
}

function namesOfTools(): string {
  return `Nothing was done. The tools are ${tools.map(({ name }) => name).join(', ')}.`
}

/** JSON Schema without what costs words and says nothing to a model. */
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
