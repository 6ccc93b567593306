import type { Coordinator } from '../../../../src/store/coordinator/coordinator.ts'
import type { Extra } from '../shared-project.ts'

/** A store without one of its guards. */
export interface Control {
  name: string
  /** Words of the checks that have to fail. */
  caughtBy: readonly string[]
  /** It changes nothing for a store that need not do this. */
  needs?: Extra
  /** What is different from the store. */
  change: (store: Coordinator) => Partial<Coordinator>
}

/** The same store with some of its methods replaced, inside a turn too. */
export function changed(store: Coordinator, { change }: Pick<Control, 'change'>): Coordinator {
  return {
    project: store.project,
    clocks: () => store.clocks(),
    leases: () => store.leases(),
    changeLeases: what => store.changeLeases(what),
    append: (feature, addition) => store.append(feature, addition),
    readSince: (feature, version) => store.readSince(feature, version),
    features: () => store.features(),
    withTurn: work => store.withTurn(inTurn => work(changed(inTurn, { change }))),
    close: () => store.close(),
    ...change(store),
  }
}
