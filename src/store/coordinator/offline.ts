import type { State } from '../state.ts'
import type { CloneCoordinator } from './clone-coordinator.ts'
import { cloneId } from './clone-id.ts'
import type { StoreUnreachable } from './coordinator.ts'
import { filesCoordinator } from './files.ts'

/** A read-only coordinator with what this clone has of a store that cannot be reached. */
export function offlineCoordinator(state: State, why: StoreUnreachable): CloneCoordinator {
  const refuse = () => Promise.reject(why)
  return {
    ...filesCoordinator(state),
    clone: cloneId(state),
    leases: () => Promise.resolve({ number: 0, leases: {} }),
    changeLeases: refuse,
    append: refuse,
    withTurn: refuse,
  }
}
