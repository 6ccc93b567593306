import type { RequestOptions } from 'node:http'
import { parseJson } from '../../plan/parse-json.ts'
import type { WitnessAddress } from './address.ts'

/** The witness gave no answer that can be used; the message says why, as the end of a sentence. */
export class NoAnswer extends Error {
  override name = 'NoAnswer'
}

/** The longest time that a step waits for all answers of the witness. Tests set a shorter one. */
export const witnessLimit = { ms: 3000 }

const MAX_BYTES = 64 * 1024 * 1024

/** The JSON that the witness answers. Throws `NoAnswer`. */
export async function askWitness(
  { url, token }: WitnessAddress,
  [method, path]: readonly ['GET' | 'POST', string],
  { body, signal }: { body?: object; signal: AbortSignal },
): Promise<unknown> {
  const options: RequestOptions = {
    method,
    path,
    signal,
    headers: {
      authorization: `Bearer ${token}`,
      ...(body && { 'content-type': 'application/json' }),
    },
    ...(url.protocol === 'unix:'
      ? { socketPath: url.pathname }
      : { host: url.hostname.replace(/^\[|\]$/g, ''), port: url.port }),
  }
  const { request } = await (url.protocol === 'https:' ? import('node:https') : import('node:http'))
  const { status, text } = await new Promise<{ status: number; text: string }>(
    (resolve, reject) => {
      const fail = (error: Error) => reject(new NoAnswer(reasonOf(error)))
      const sent = request(options, response => {
        const parts: Buffer[] = []
        let length = 0
        response.on('data', (part: Buffer) => {
          length += part.length
          if (length > MAX_BYTES) response.destroy(new Error('its answer is too long'))
          else parts.push(part)
        })
        response.on('error', fail)
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            text: Buffer.concat(parts).toString('utf8'),
          }),
        )
      })
      sent.on('error', fail)
      sent.end(body && JSON.stringify(body))
    },
  )
  if (status === 401) throw new NoAnswer('it does not accept the token')
  if (status === 507)
    throw new NoAnswer(
      'it keeps nothing more about this project; name another one in its address, ?project=NAME',
    )
  if (status !== 200) throw new NoAnswer(`it answered with status ${status}`)
  return parseJson(text)
}

/** An address can contain a password, so only the code of the system is shown. */
function reasonOf(error: Error): string {
  if (error.name === 'AbortError' || error.name === 'TimeoutError')
    return 'it did not answer in time'
  if ('code' in error && typeof error.code === 'string')
    return `it cannot be reached (${error.code})`
  return error.message
}
