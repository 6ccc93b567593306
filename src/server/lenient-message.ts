import { parseJson } from '../plan/parse-json.ts'

/** The members of a request's `params` that may be missing but not `null`. */
const OPTIONAL = ['arguments', '_meta', 'cursor']

const STRING_ARGUMENTS = /"arguments"\s*:\s*"/

/**
 * A line of JSON-RPC without members that are `null` although the protocol wants them left out. Several clients send them, and the
 * SDK drops such a message without an answer. `arguments` as a string of JSON become the object. Any other line stays as it is.
 */
export function lenientMessage(line: Buffer): Buffer {
  if (
    !line.includes('null') &&
    !line.includes('""') &&
    !STRING_ARGUMENTS.test(line.toString('latin1'))
  )
    return line
  const message = parseJson(line.toString('utf8'))
  if (!isObject(message) || !('method' in message)) return line
  if (isObject(message['params'])) {
    message['params'] = lenientParams(message['params'], message['method'] === 'prompts/get')
  } else if (message['params'] === null) delete message['params']
  return Buffer.from(`${JSON.stringify(message)}\n`)
}

/** Arguments of prompts are texts, and a form that was left empty gives empty ones. */
function lenientParams(
  params: Record<string, unknown>,
  areTexts: boolean,
): Record<string, unknown> {
  const { arguments: input } = params
  const parsed = typeof input === 'string' ? (input.trim() === '' ? null : parseJson(input)) : input
  const given = isObject(parsed) && areTexts ? withoutEmpty(parsed) : parsed
  const isKnown = isObject(given) || given === null
  return Object.fromEntries(
    Object.entries(isKnown ? { ...params, arguments: given } : params).filter(
      ([name, value]) => value !== null || !OPTIONAL.includes(name),
    ),
  )
}

function withoutEmpty(texts: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(texts).filter(([, text]) => text !== null && text !== ''),
  )
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
