import {
  acceptedContent,
  CLIENT_CAPABILITIES_META_KEY,
  inputRequired,
  inputResponse,
  type InputRequiredResult,
  type McpServer,
  type ServerContext,
} from '@modelcontextprotocol/server'
import * as z from 'zod'
import { sha256 } from '../evidence/chain.ts'
import type { HumanChannel } from '../workflow/context/call.ts'

/**
 * A question that waits for the human at the client. It ends the call: the client asks, then calls again with the answer.
 * In the 2025 protocols the SDK does both.
 */
export class Unanswered extends Error {
  override name = 'Unanswered'
  readonly #form: Form

  constructor(form: Form) {
    super('The human has not answered yet.')
    this.#form = form
  }

  get result(): InputRequiredResult {
    const { key, message, requestedSchema } = this.#form
    return inputRequired({
      inputRequests: { [key]: inputRequired.elicit({ message, requestedSchema }) },
    })
  }
}

/** A form to show. Its key is a hash of its text and of what it includes, so an answer never counts for a question that has changed. */
interface Form {
  key: string
  message: string
  requestedSchema: z.ZodObject<Record<string, z.ZodDefault<z.ZodBoolean>>>
}

function formOf(message: string, fields: Record<string, string>, included: string): Form {
  const key = `confirm-${sha256(JSON.stringify([message, fields, included])).slice(0, 16)}`
  const entries = Object.entries(fields).map(
    ([name, text]) => [name, z.boolean().default(false).describe(text)] as const,
  )
  return { key, message, requestedSchema: z.object(Object.fromEntries(entries)) }
}

/** The channel to the human at the client; `undefined` if the client cannot show forms. */
export function elicitation(
  server: McpServer,
  { mcpReq: { envelope, inputResponses } }: ServerContext,
): HumanChannel | undefined {
  // In the 2026 protocol each request carries the client's capabilities, earlier they belong to the connection.
  const ofRequest = requestMeta.safeParse(envelope).data?.[CLIENT_CAPABILITIES_META_KEY]
  const { elicitation: modes } = ofRequest ?? server.server.getClientCapabilities() ?? {}
  // Older clients name no modes and support forms only.
  if (!modes || (modes.url && !modes.form)) return undefined
  const answered = (form: Form) => {
    if (inputResponse(inputResponses, form.key).kind === 'missing') throw new Unanswered(form)
    return acceptedContent(inputResponses, form.key, form.requestedSchema)
  }
  return {
    channel: 'elicitation',
    confirm: async (question, included) =>
      answered(formOf(question, { confirm: YES }, included))?.['confirm'] === true,
    confirmEach: async (question, points, included) => {
      const fields = Object.fromEntries(points.map((text, at) => [`point${at + 1}`, text]))
      const content = answered(formOf(question, fields, included))
      return Object.keys(fields).map(name => content?.[name] === true)
    },
  }
}

const YES = 'Yes: I have checked it and I agree.'

const mode = z.looseObject({}).optional()

const requestMeta = z.looseObject({
  [CLIENT_CAPABILITIES_META_KEY]: z.looseObject({
    elicitation: z.looseObject({ form: mode, url: mode }).optional(),
  }),
})
