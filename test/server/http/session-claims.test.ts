import { expect, it } from 'vitest'
import { SessionClaims } from '../../../src/server/http/session-claims.ts'

it('the claim of a session counts as passed only if it was passed while the session was open', () => {
  const claims = new SessionClaims()
  const [own, other] = [claims.open(), claims.open()]
  claims.pass(own)
  expect([claims.end(own), claims.end(other)]).toEqual([true, false])
  // Stateless clients pass claims for ever: those of no open session are not kept.
  claims.pass(own)
  expect(claims.end(own)).toBe(false)
})
