import { UNREADABLE } from './guarded-socket.ts'

/**
 * Messages of PostgreSQL from the bytes of a connection. Nothing else reaches the driver, which would search forever for the end of an
 * unterminated text, and no time limit could stop it.
 */
export class WholeMessages {
  #rest: Buffer[] = []
  #length = 0
  #needed = HEADER

  /** The messages that are whole with these bytes; `undefined` if none is. Throws if something else than PostgreSQL answers. */
  add(chunk: Buffer): Buffer | undefined {
    this.#rest.push(chunk)
    this.#length += chunk.length
    if (this.#length < this.#needed) return undefined
    const all = this.#rest.length === 1 ? chunk : Buffer.concat(this.#rest)
    let end = 0
    for (;;) {
      const size = sizeAt(all, end)
      this.#needed = size
      if (end + size > all.length || all.length - end < HEADER) break
      if (!isWellFormed(all.subarray(end, end + size))) throw new Error(UNREADABLE)
      end += size
    }
    const rest = all.subarray(end)
    this.#rest = rest.length === 0 ? [] : [rest]
    this.#length = rest.length
    return end === 0 ? undefined : all.subarray(0, end)
  }
}

/** A letter, and the length with itself and without the letter. */
const HEADER = 5

/** The size of the message that begins at an offset; that of a header if more is not known. */
function sizeAt(bytes: Buffer, at: number): number {
  if (bytes.length === at) return HEADER
  const isKnown = KINDS.has(String.fromCodePoint(bytes[at] ?? 0))
  if (isKnown && bytes.length - at < HEADER) return HEADER
  const length = isKnown ? bytes.readUInt32BE(at + 1) : 0
  if (length < 4 || length > MAX_LENGTH) throw new Error(UNREADABLE)
  return 1 + length
}

/** What a server of PostgreSQL sends. */
const KINDS = new Set('123nscWIDCZARSKENTtGHdvV')

/** No message of PostgreSQL is longer than a gigabyte. */
const MAX_LENGTH = 0x3fffffff

/** Whether each text of the message is terminated. */
function isWellFormed(message: Buffer): boolean {
  const kind = String.fromCodePoint(message[0] ?? 0)
  if (kind === 'E' || kind === 'N') return hasFields(message)
  if (kind === 'S') return afterTexts(message, HEADER, 2) !== undefined
  if (kind === 'C') return afterTexts(message, HEADER, 1) !== undefined
  if (kind === 'A') return afterTexts(message, HEADER + 4, 2) !== undefined
  if (kind === 'T') return hasColumns(message)
  return kind !== 'R' || hasMechanisms(message)
}

/** The offset after a number of texts that end with a zero; `undefined` if one does not end. */
function afterTexts(message: Buffer, at: number, count: number): number | undefined {
  let next = at
  for (let text = 0; text < count; text += 1) {
    const end = next < message.length ? message.indexOf(0, next) : -1
    if (end === -1) return undefined
    next = end + 1
  }
  return next
}

/** Fields of an error: a letter and a text, and a zero after the last one. */
function hasFields(message: Buffer): boolean {
  let at: number | undefined = HEADER
  while (at !== undefined && at < message.length && message[at] !== 0)
    at = afterTexts(message, at + 1, 1)
  return at !== undefined && at < message.length
}

/** Columns of a table: a name and 18 bytes. */
function hasColumns(message: Buffer): boolean {
  if (message.length < HEADER + 2) return false
  let at: number | undefined = HEADER + 2
  for (let left = message.readUInt16BE(HEADER); left > 0; left -= 1) {
    at = afterTexts(message, at, 1)
    if (at === undefined || at + 18 > message.length) return false
    at += 18
  }
  return true
}

/** The ways to log in, and an empty text after the last one. */
function hasMechanisms(message: Buffer): boolean {
  if (message.length < HEADER + 4) return false
  if (message.readUInt32BE(HEADER) !== SASL) return true
  let at: number | undefined = HEADER + 4
  while (at !== undefined && at < message.length && message[at] !== 0)
    at = afterTexts(message, at, 1)
  return at !== undefined && at < message.length
}

const SASL = 10
