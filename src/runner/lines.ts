import { stripVTControlCharacters } from 'node:util'
import { closesKey, isKeyBody, opensKey, REDACTED, redact } from './redact.ts'

/**
 * Turns one stream's bytes into clean, redacted whole lines. What comes out does not depend on how the bytes were cut
 * into chunks, so a secret on a border is seen whole. Memory stays under one longest line.
 */
export class LineCleaner {
  #decoder = new TextDecoder('utf-8')
  #pending = ''
  /** The rest of a line that was too long is thrown away up to its end. */
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
    const fresh = this.#skipping ? this.#afterSkipped(text) : text
    const all = this.#pending + fresh
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
    if (this.#pending.length <= LONGEST) return ''
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

const LONGEST = 16_384
// A secret that begins before the cut is seen this far beyond it.
const MARGIN = 1024

function shorten(line: string): string {
  if (line.length <= LONGEST) return line
  return `${redact(line.slice(0, LONGEST)).slice(0, LONGEST - MARGIN)} … [line cut]`
}

function hasLongLine(block: string): boolean {
  let start = 0
  while (block.length - start > LONGEST) {
    const end = block.lastIndexOf('\n', start + LONGEST)
    if (end < start) return true
    start = end + 1
  }
  return false
}

// Control characters, and the invisible ones that hide or reorder text, apart from line feed and tab.
const DIRT = new RegExp(
  String.raw`[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]`,
  'g',
)
const DIRTY = new RegExp(DIRT.source)
