import { hmac } from '@noble/hashes/hmac.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'

/**
 * Hashes of short texts, in JavaScript: `redgreen hook` starts with every tool call of a client, and an import of `node:crypto` would
 * take a third of its time. For ledgers and files, Node's own hashes are faster.
 */

/** Hexadecimal SHA-256 of a text. */
export function hashOfShort(text: string): string {
  return bytesToHex(sha256(utf8ToBytes(text)))
}

/** Hexadecimal HMAC-SHA-256 of a text. */
export function macOfShort(secret: Uint8Array, text: string): string {
  return bytesToHex(hmac(sha256, secret, utf8ToBytes(text)))
}
