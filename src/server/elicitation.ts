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
import type { Ask } from '../workflow/call.ts'

/**
 * A question that waits for the person at the client. The call ends here; the client asks and calls again with their
 * answer, and in the 2025 protocols the SDK does both in its place.
 */
export class Unanswered extends Error {
  override name = 'Unanswered'
  readonly #question: string

  constructor(question: string) {
    super('A person has not answered yet.')
    this.#question = question
  }

  get result(): InputRequiredResult {
    const form = { message: this.#question, requestedSchema: answer }
    return inputRequired({
      inputRequests: { [keyOf(this.#question)]: inputRequired.elicit(form) },
    })
  }
}

/** The way to the person at the client; `undefined` where it cannot show them a form. */
export function elicitation(
  server: McpServer,
  { mcpReq: { envelope, inputResponses } }: ServerContext,
): Ask | undefined {
  // In the 2026 protocol every request says what its client can do, in the others the connection.
  const told = perRequest.safeParse(envelope).data?.[CLIENT_CAPABILITIES_META_KEY]
  const { elicitation: modes } = told ?? server.server.getClientCapabilities() ?? {}
  // Older clients name no modes, and mean forms.
  if (!modes || (modes.url && !modes.form)) return undefined
  return {
    channel: 'elicitation',
    yes: question => {
      const key = keyOf(question)
      if (inputResponse(inputResponses, key).kind === 'missing')
        return Promise.reject(new Unanswered(question))
      return Promise.resolve(acceptedContent(inputResponses, key, answer)?.confirm === true)
    },
  }
}

const mode = z.looseObject({}).optional()

const perRequest = z.looseObject({
  [CLIENT_CAPABILITIES_META_KEY]: z.looseObject({
    elicitation: z.looseObject({ form: mode, url: mode }).optional(),
  }),
})

const answer = z.object({
  confirm: z.boolean().default(false).describe('Yes: I have looked, and I agree.'),
})

/** An answer counts for exactly what was asked: a plan that changed meanwhile is another question. */
function keyOf(question: string): string {
  return `confirm-${sha256(question).slice(0, 16)}`
}
