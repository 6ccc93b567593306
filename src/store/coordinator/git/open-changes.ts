import type { LeaseChange } from '../coordinator.ts'
import { Overtaken } from '../../transaction/sequence.ts'
import { withLeases, type SharedState } from './shared-state.ts'

/** The changes of leases in a turn that are not pushed yet. They take effect with the first lines of the turn: one push instead of two. */
export class OpenChanges {
  #changes: LeaseChange[] = []
  /** One of them was overtaken, and its caller may not know. */
  #isLost = false

  get isSettled(): boolean {
    return this.#changes.length === 0 && !this.#isLost
  }

  /** The state with them. Throws `Overtaken`. */
  on(state: SharedState): SharedState {
    return this.#applied(state, this.#changes)
  }

  /** Adds another one, and returns the state with all. Throws `Overtaken`. */
  add(state: SharedState, change: LeaseChange): SharedState {
    const changes = [...this.#changes, change]
    const next = this.#applied(state, changes)
    this.#changes = changes
    return next
  }

  /** Removes all, and returns what they do to a state, which throws `Overtaken`, as this does if one is lost. */
  take(): (state: SharedState) => SharedState {
    const [changes, isLost] = [this.#changes, this.#isLost]
    this.#changes = []
    this.#isLost = false
    if (isLost) throw new Overtaken('Another server changed the leases.')
    return state => changes.reduce(withLeases, state)
  }

  #applied(state: SharedState, changes: readonly LeaseChange[]): SharedState {
    try {
      return changes.reduce(withLeases, state)
    } catch (error) {
      this.#isLost ||= this.#changes.length > 0
      this.#changes = []
      throw error
    }
  }
}
