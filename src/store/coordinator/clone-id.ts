import os from 'node:os'
import { sealOf } from '../secret.ts'
import type { State } from '../state.ts'

/**
 * The id of a worktree in the lines of the ledger. A clone that git makes has a secret of its own. A copy of a whole folder has the same
 * secret, and is on another machine or at another place.
 */
export function cloneId(state: State): string {
  return idOf(state, state.root)
}

/** The host of this clone's processes: whether one is alive can be seen in the same clone only, not in a container with the same name. */
export function hostId(state: State): string {
  return `${os.hostname()} ${idOf(state, state.shared)}`
}

function idOf(state: State, place: string): string {
  return sealOf(state, `clone ${os.hostname()} ${place}`, '').slice(0, 10)
}
