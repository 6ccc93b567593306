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
 * A question that waits for the person at the client. The call ends here; the client asks and calls again with their
 * answer, and in the 2025 protocols the SDK does both in its place.
 */
export class Unanswered extends Error {
  override name = 'Unanswered'
  readonly #form: Form

  constructor(form: Form) {
    super('A person has not answered yet.')
    this.#form = form
  }

  get result(): InputRequiredResult {
    const { key, message, requestedSchema } = this.#form
    return inputRequired({
      inputRequests: { [key]: inputRequired.elicit({ message, requestedSchema }) },
    })
  }
}

/** What is shown to the person; an answer counts for exactly that: a plan that changed meanwhile is another question. */
interface Form {
  key: string
  message: string
  requestedSchema: z.ZodObject<Record<string, z.ZodDefault<z.ZodBoolean>>>
}

function formOf(message: string, fields: Record<string, string>): Form {
  const key = `confirm-${sha256(JSON.stringify([message, fields])).slice(0, 16)}`
  const entries = Object.entries(fields).map(
    ([name, text]) => [name, z.boolean().default(false).describe(text)] as const,
  )
  return { key, message, requestedSchema: z.object(Object.fromEntries(entries)) }
}

/** The way to the person at the client; `undefined` where it cannot show them a form. */
export function elicitation(
  server: McpServer,
  { mcpReq: { envelope, inputResponses } }: ServerContext,
): HumanChannel | undefined {
  // In the 2026 protocol every request says what its client can do, in the others the connection.
  const told = perRequest.safeParse(envelope).data?.[CLIENT_CAPABILITIES_META_KEY]
  const { elicitation: modes } = told ?? server.server.getClientCapabilities() ?? {}
  // Older clients name no modes, and mean forms.
  if (!modes || (modes.url && !modes.form)) return undefined
  const answered = (form: Form) => {
    if (inputResponse(inputResponses, form.key).kind === 'missing') throw new Unanswered(form)
    return acceptedContent(inputResponses, form.key, form.requestedSchema)
  }
  return {
    channel: 'elicitation',
    yes: async question => answered(formOf(question, { confirm: YES }))?.['confirm'] === true,
    each: async (question, points) => {
      const fields = Object.fromEntries(points.map((text, at) => [`point${at + 1}`, text]))
      const content = answered(formOf(question, fields))
      return Object.keys(fields).map(name => content?.[name] === true)
    },
  }
}

const YES = 'Yes: I have looked, and I agree.'

const mode = z.looseObject({}).optional()

const perRequest = z.looseObject({
  [CLIENT_CAPABILITIES_META_KEY]: z.looseObject({
    elicitation: z.looseObject({ form: mode, url: mode }).optional(),
  }),
})
