import { newClaim } from '../caller.ts'

/** The claims of the sessions that are open, and which of them were passed outside of their session, where the work continues. */
export class SessionClaims {
  readonly #isPassed = new Map<string, boolean>()

  /** The claim of a new session. */
  open(): string {
    const claim = newClaim()
    this.#isPassed.set(claim, false)
    return claim
  }

  /** Notes that a call outside of the claim's own session has used the claim. */
  pass(claim: string): void {
    if (this.#isPassed.has(claim)) this.#isPassed.set(claim, true)
  }

  /** Its session ends. Returns whether the claim was passed outside of it. */
  end(claim: string): boolean {
    const isPassed = this.#isPassed.get(claim) ?? false
    this.#isPassed.delete(claim)
    return isPassed
  }
}
