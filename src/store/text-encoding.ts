import { Buffer, isUtf8 } from 'node:buffer'

/**
 * Decodes a user's text file so that `encodeText` restores the same bytes: UTF-8 if it is valid UTF-8, otherwise one character per
 * byte. The byte order mark stays in the text.
 */
export function decodeText(bytes: Buffer): string {
  return isUtf8(bytes) ? bytes.toString('utf8') : bytes.toString('latin1')
}

/** The bytes of a text in the encoding that `like` was read in. */
export function encodeText(text: string, like: Buffer): Buffer {
  return Buffer.from(text, isUtf8(like) ? 'utf8' : 'latin1')
}
