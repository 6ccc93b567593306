import { stripVTControlCharacters } from 'node:util'
import { closesKey, isKeyBody, opensKey, REDACTED, redact } from './redact.ts'

/**
 * Turns the bytes of one stream into whole lines, cleaned and redacted. The result does not depend on how the bytes arrive in
 * chunks, so a secret that spans two chunks is redacted too. Memory use is limited to one line of maximum length.
 */
export class LineCleaner {
  #decoder = new TextDecoder('utf-8')
  #pending = ''
  /** A line was too long, and its rest is being dropped. */
  #skipping = false
  #insideKey = false

  push(bytes: Uint8Array): string {
    return this.#take(this.#decoder.decode(bytes, { stream: true }))
  }

  end(): string {
    const whole = this.#take(this.#decoder.decode())
    const rest = this.#pending === '' ? '' : this.#clean(this.#pending)
    this.#pending = ''
    return whole + rest
  }

  #take(text: string): string {
    const added = this.#skipping ? this.#afterSkipped(text) : text
    const all = this.#pending + added
    const end = all.lastIndexOf('\n') + 1
    const whole = end === 0 ? '' : this.#clean(all.slice(0, end))
    this.#pending = all.slice(end)
    return whole + this.#cutPending()
  }

  #afterSkipped(text: string): string {
    const end = text.indexOf('\n')
    if (end < 0) return ''
    this.#skipping = false
    return text.slice(end + 1)
  }

  #cutPending(): string {
    if (this.#pending.length <= MAX_LENGTH) return ''
    const cut = this.#clean(`${this.#pending}\n`)
    this.#pending = ''
    this.#skipping = true
    return cut
  }

  #clean(block: string): string {
    const short = hasLongLine(block) ? block.split('\n').map(shorten).join('\n') : block
    const plain = DIRTY.test(short) ? stripVTControlCharacters(short).replace(DIRT, '') : short
    if (!this.#insideKey && !plain.includes('PRIVATE KEY')) return redact(plain)
    return plain
      .split('\n')
      .map(line => this.#cleanKeyLine(line))
      .join('\n')
  }

  #cleanKeyLine(line: string): string {
    if (this.#insideKey) {
      this.#insideKey = isKeyBody(line) && !closesKey(line)
      if (this.#insideKey || closesKey(line)) return line === '' ? '' : REDACTED
    }
    this.#insideKey = opensKey(line)
    return redact(line)
  }
}

const MAX_LENGTH = 16_384
// The redaction looks this far beyond the cut, so that it recognizes a secret that begins before the cut.
const MARGIN = 1024

function shorten(line: string): string {
  if (line.length <= MAX_LENGTH) return line
  return `${redact(line.slice(0, MAX_LENGTH)).slice(0, MAX_LENGTH - MARGIN)} … [line cut]`
}

function hasLongLine(block: string): boolean {
  let start = 0
  while (block.length - start > MAX_LENGTH) {
    const end = block.lastIndexOf('\n', start + MAX_LENGTH)
    if (end < start) return true
    start = end + 1
  }
  return false
}

// Control characters except line feed and tab, and invisible characters that hide or reorder text.
const DIRT = new RegExp(
  String.raw`[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]`,
  'g',
)
const DIRTY = new RegExp(DIRT.source)
