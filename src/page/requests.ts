import type { IncomingMessage } from 'node:http'
import * as z from 'zod'
import { parseJson } from '../plan/parse-json.ts'

/** What the page may ask for. Everything from a request is checked here. */

const decision = z.discriminatedUnion('step', [
  z.strictObject({ step: z.literal('approve') }),
  z.strictObject({ step: z.literal('confirm-phase'), phase: z.string() }),
  z.strictObject({ step: z.literal('confirm-standards') }),
  z.strictObject({ step: z.literal('mark-complete'), task: z.string().min(1) }),
  z.strictObject({ step: z.literal('allow-run') }),
  z.strictObject({
    step: z.literal('waive'),
    tasks: z.array(z.string().min(1)).min(1),
    reason: z.string().trim().min(1),
  }),
  z.strictObject({
    step: z.literal('waive-standard'),
    standard: z.string().min(1),
    reason: z.string().trim().min(1),
  }),
])

const place = { workspace: z.string(), feature: z.string().optional() }

/** The queries of the paths that read. */
export const queries = {
  feature: z.object(place),
  task: z.object({ ...place, task: z.string().min(1) }),
  document: z.object({ ...place, document: z.string().min(1) }),
  output: z.object({
    ...place,
    log: z.string().regex(/^[0-9a-f]{12}$/),
    offset: z.coerce.number().int().min(0).optional(),
  }),
  verification: z.object(place),
}

/** The bodies of the paths that ask or act. */
export const bodies = {
  question: z.object({ ...place, decision }),
  decision: z.object({ ...place, decision, hash: z.string(), agreed: z.array(z.boolean()) }),
  replay: z.object({ ...place, task: z.string().min(1) }),
  stop: z.object({ workspace: z.string(), run: z.string().min(1) }),
}

/** The request is not one that a page of this version makes. */
export class BadRequest extends Error {
  override name = 'BadRequest'
}

/** The query of a URL, checked. */
export function queryOf<Shape extends z.ZodType>(schema: Shape, url: URL): z.infer<Shape> {
  return checked(schema, Object.fromEntries(url.searchParams))
}

/** The JSON body of a request, checked. */
export async function bodyOf<Shape extends z.ZodType>(
  schema: Shape,
  request: IncomingMessage,
): Promise<z.infer<Shape>> {
  const type = request.headers['content-type'] ?? ''
  if (!type.startsWith('application/json')) throw new BadRequest('The body must be JSON.')
  const body = parseJson(await textOf(request))
  if (body === undefined) throw new BadRequest('The body is not valid JSON.')
  return checked(schema, body)
}

function checked<Shape extends z.ZodType>(schema: Shape, input: unknown): z.infer<Shape> {
  const { success, data, error } = schema.safeParse(input)
  if (!success) throw new BadRequest(z.prettifyError(error))
  return data
}

const MAX_BYTES = 64 * 1024

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of request) {
    if (!Buffer.isBuffer(chunk)) continue
    length += chunk.length
    if (length > MAX_BYTES) throw new BadRequest('The body is too long.')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}
