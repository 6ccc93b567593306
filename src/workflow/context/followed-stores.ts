import type { CloneCoordinator, Following } from '../../store/coordinator/clone-coordinator.ts'

/** The shared stores that a reader follows, each once, until the reader ends. */
export class FollowedStores {
  readonly #followed = new Map<CloneCoordinator, Following>()

  add(coordinator: CloneCoordinator): void {
    if (this.#followed.has(coordinator)) return
    const following = coordinator.follow?.()
    if (following) this.#followed.set(coordinator, following)
  }

  end(): void {
    for (const following of this.#followed.values()) following.close()
    this.#followed.clear()
  }
}
