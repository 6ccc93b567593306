import type { Tool as ListedTool } from '@modelcontextprotocol/server'
import * as z from 'zod'
import { joinLines } from '../tools/format.ts'
import type { AnyTool, ToolResponse } from '../tools/tool.ts'
import type { Caller } from './caller.ts'

/** What answers and lists say about claims. */

/** A tool as a client sees it that has to say who calls. */
export function withClaim(tool: ListedTool): ListedTool {
  const { inputSchema } = tool
  const claim = { type: 'string', description: 'The `claim` that next_task gave.' }
  return {
    ...tool,
    inputSchema: { ...inputSchema, properties: { ...inputSchema.properties, claim } },
  }
}

/**
 * The answer with the claim of the caller in the next call, so that a client that follows it stays the same caller. Only `next_task`
 * explains it, unless the call came with it.
 */
export function withCaller(
  tool: Pick<AnyTool, 'name'>,
  response: ToolResponse,
  { claim, note }: Caller,
  carried: string | undefined,
): ToolResponse {
  if (claim === undefined) return response
  const structured = { ...response.structured, ...nextWith(response.structured['next'], claim) }
  if (tool.name !== 'next_task') return { structured, text: response.text }
  const lines =
    carried === undefined ? [carryLine(claim), ...(note === undefined ? [] : [note])] : []
  const { success, data = [] } = messages.safeParse(response.structured['messages'])
  return {
    structured: { ...structured, ...(success && { messages: [...data, ...lines] }), claim },
    text: joinLines(response.text, ...lines),
  }
}

/** The task that an answer of `next_task` is about. */
export function taskIn({ structured }: ToolResponse): string | undefined {
  return withTask.safeParse(structured['task']).data?.id
}

function carryLine(claim: string): string {
  return `Pass claim: "${claim}" in every call about this task.`
}

function nextWith(next: unknown, claim: string): { next?: Record<string, unknown> } {
  const { success, data } = nextCall.safeParse(next)
  if (!success || data.tool === null) return {}
  return { next: { ...data, arguments: { ...data.arguments, claim } } }
}

const messages = z.array(z.string())

const withTask = z.looseObject({ id: z.string() })

const nextCall = z.looseObject({
  tool: z.string().nullable(),
  arguments: z.record(z.string(), z.unknown()),
})
