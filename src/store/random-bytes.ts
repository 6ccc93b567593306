import { Buffer } from 'node:buffer'

/**
 * Bytes that cannot be guessed. `redgreen hook` starts with every tool call of a client and seldom needs any, so Node's cryptography is
 * loaded with the first call: an import of `node:crypto` would add about 10 ms to every start.
 */
export function randomBytes(count: number): Buffer {
  return Buffer.from(globalThis.crypto.getRandomValues(new Uint8Array(count)))
}
