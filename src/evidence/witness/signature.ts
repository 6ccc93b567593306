import { createPrivateKey, createPublicKey, sign, verify, type KeyObject } from 'node:crypto'
import { canonical } from '../chain.ts'

/** Ed25519 signatures of JSON documents. A key is a text: its DER form in base64url. */

/** A private key from its text. Throws if it is none. */
export function privateKeyOf(text: string): KeyObject {
  return createPrivateKey({ key: Buffer.from(text, 'base64url'), format: 'der', type: 'pkcs8' })
}

/** The text of the public key that belongs to a private key. */
export function publicKeyText(key: KeyObject): string {
  return createPublicKey(key).export({ type: 'spki', format: 'der' }).toString('base64url')
}

/** A document with the public key and the signature of its canonical JSON. */
export function signed<T extends object>(
  body: T,
  key: KeyObject,
): T & { key: string; signature: string } {
  const document = { ...body, key: publicKeyText(key) }
  return { ...document, signature: sign(null, bytesOf(document), key).toString('base64url') }
}

/** Is the signature of the document that of its key? */
export function isSigned(document: unknown): boolean {
  if (typeof document !== 'object' || document === null) return false
  const { signature, ...body } = Object.fromEntries(Object.entries(document))
  const { key } = body
  if (typeof signature !== 'string' || typeof key !== 'string') return false
  try {
    const der = Buffer.from(key, 'base64url')
    const publicKey = createPublicKey({ key: der, format: 'der', type: 'spki' })
    const isEd25519 = publicKey.asymmetricKeyType === 'ed25519'
    return isEd25519 && verify(null, bytesOf(body), publicKey, Buffer.from(signature, 'base64url'))
  } catch {
    // The text is not a key.
    return false
  }
}

/** The prefix keeps a signature from being one of another program. */
function bytesOf(body: object): Buffer {
  return Buffer.from(`redgreen witness\n${canonical(body)}`)
}
