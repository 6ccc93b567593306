import { Transform, type TransformCallback } from 'node:stream'
import { lenientMessage } from './lenient-message.ts'

/** No legitimate message is as long as this. */
export const MAX_MESSAGE_BYTES = 10 * 1024 * 1024
/** The id of a request is near its beginning or its end. */
const ID_AREA = 1000

/** The id of a request that was too long, or `null` if it was not found. */
export type MessageId = string | number | null

/**
 * Passes on whole lines, in the form that the protocol wants. Drops each line that is longer than the limit and calls `onTooLong` instead,
 * so that one message does not end the connection and the steps that run.
 */
export class MessageLimit extends Transform {
  #pending: Buffer[] = []
  #length = 0
  #begin = ''
  #end = ''
  readonly #onTooLong: (id: MessageId) => void

  constructor(onTooLong: (id: MessageId) => void) {
    super()
    this.#onTooLong = onTooLong
  }

  override _transform(chunk: Buffer, _encoding: string, done: TransformCallback): void {
    let start = 0
    for (;;) {
      const end = chunk.indexOf(10, start)
      if (end < 0) break
      this.#add(chunk.subarray(start, end + 1))
      this.#endLine()
      start = end + 1
    }
    if (start < chunk.length) this.#add(chunk.subarray(start))
    done()
  }

  #add(part: Buffer): void {
    if (this.#begin.length < ID_AREA) this.#begin += part.toString('latin1', 0, ID_AREA)
    this.#end = (this.#end + part.subarray(-ID_AREA).toString('latin1')).slice(-ID_AREA)
    this.#length += part.length
    if (this.#length > MAX_MESSAGE_BYTES) this.#pending = []
    else this.#pending.push(part)
  }

  #endLine(): void {
    if (this.#length > MAX_MESSAGE_BYTES) this.#onTooLong(idIn(this.#begin, this.#end))
    else this.push(lenientMessage(Buffer.concat(this.#pending)))
    this.#pending = []
    this.#length = 0
    this.#begin = ''
    this.#end = ''
  }
}

function idIn(begin: string, end: string): MessageId {
  const [, id] =
    /"id"\s*:\s*(\d{1,15}|"[^"\\]{1,200}")\s*\}\s*$/.exec(end) ??
    /^\s*\{\s*(?:"jsonrpc"\s*:\s*"2\.0"\s*,\s*)?"id"\s*:\s*(\d{1,15}|"[^"\\]{1,200}")/.exec(
      begin,
    ) ??
    []
  if (id === undefined) return null
  return id.startsWith('"') ? id.slice(1, -1) : Number(id)
}
