import { randomBytes } from 'node:crypto'

const WARM_FOR = 20 * 60_000

/** A brew of a tea that starts at `now`, in milliseconds. */
export function startBrew(tea, now) {
  return {
    id: randomBytes(4).toString('hex'),
    tea: tea.name,
    startedAt: new Date(now).toISOString(),
    readyAt: new Date(now + tea.seconds * 1000).toISOString(),
  }
}

/** The brew with its state at `now`. */
export function brewAt(brew, now) {
  const left = Date.parse(brew.readyAt) - now
  return { ...brew, state: stateOf(left), secondsLeft: Math.max(0, Math.ceil(left / 1000)) }
}

function stateOf(left) {
  if (left > 0) return 'steeping'
  return left > -WARM_FOR ? 'ready' : 'cold'
}
