import { createHash } from 'node:crypto'
import canonicalize from 'canonicalize'

/** The hash before the first line of a ledger. */
export const GENESIS = '0'.repeat(64)

/** Hexadecimal sha256 of a text (as UTF-8) or of bytes. */
export function sha256(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex')
}

/** Hexadecimal sha256 of the canonical JSON (RFC 8785) of a value. */
export function hashOf(value: unknown): string {
  return sha256(canonical(value))
}

/** One line of a ledger, without the line end: canonical JSON with `seq`, `prev` and `hash`. */
export function sealLine(body: object, place: { seq: number; prev: string }): string {
  const linked = { ...body, ...place }
  return canonical({ ...linked, hash: hashOf(linked) })
}

/** A line that continues its chain, or what is wrong with it. */
export type CheckedLine = { entry: Record<string, unknown>; hash: string } | { broken: string }

/** Checks one line against the one before it. `seq` counts from 1. */
export function checkLine(line: string, expected: { seq: number; prev: string }): CheckedLine {
  const entry = parseObject(line)
  if (!entry) return { broken: 'it is not a JSON object' }
  const { hash, ...body } = entry
  if (typeof hash !== 'string' || hash !== hashOf(body)) {
    return { broken: 'its hash does not fit its content' }
  }
  if (body['prev'] !== expected.prev) return { broken: 'it does not follow the line before it' }
  if (body['seq'] !== expected.seq) return { broken: `its number is not ${expected.seq}` }
  return { entry, hash }
}

/** The canonical JSON (RFC 8785) of a value. */
export function canonical(value: unknown): string {
  const text = canonicalize(value)
  if (text === undefined) throw new TypeError('A value without a JSON form cannot be recorded.')
  return text
}

function parseObject(line: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(line)
    return isObject(value) ? value : undefined
  } catch {
    return undefined
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
