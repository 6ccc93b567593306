import { createHash, timingSafeEqual } from 'node:crypto'

/** Checks whether a request carries the token, in a time that does not depend on the token. */
export class Bearer {
  readonly #hash: Buffer

  constructor(token: string) {
    this.#hash = hashOf(token)
  }

  accepts(header: string | undefined): boolean {
    const [, token = ''] = /^Bearer ([^\s]{1,1000})$/i.exec(header ?? '') ?? []
    return timingSafeEqual(this.#hash, hashOf(token))
  }
}

/** Hashed, because the comparison needs texts of equal length. */
function hashOf(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
