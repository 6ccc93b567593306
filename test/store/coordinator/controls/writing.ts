import { leaseKey } from '../../../../src/store/leases/lease-table.ts'
import type { Addition, Coordinator } from '../../../../src/store/coordinator/coordinator.ts'
import { Overtaken } from '../../../../src/store/transaction/sequence.ts'

import type { Control } from './control.ts'

async function latest(store: Coordinator, feature: string): Promise<number> {
  return (await store.readSince(feature, 0)).version
}

/** Appends with the version that the store has now. */
async function unchecked(store: Coordinator, feature: string, addition: Addition) {
  for (let left = 20; ; left -= 1) {
    try {
      return await store.append(feature, { ...addition, after: await latest(store, feature) })
    } catch (error) {
      if (!(error instanceof Overtaken) || left === 0) throw error
    }
  }
}

async function withoutFence(store: Coordinator, feature: string, addition: Addition) {
  const { fence: _, ...rest } = addition
  return store.append(feature, rest)
}

/** Looks who has the task, and then writes: without a transaction, and without what happened in between. */
async function fencedByHolder(store: Coordinator, feature: string, addition: Addition) {
  const { fence } = addition
  const { leases } = await store.leases()
  const one = fence && leases[leaseKey(fence.feature, fence.task)]
  if (one && (one.holder.id !== fence.by.id || one.releasedBy !== undefined))
    throw new Overtaken('The task is taken.')
  return withoutFence(store, feature, addition)
}

/** Stores that write what they must not, or lose it. */
export const WRITING_CONTROLS: Control[] = [
  {
    name: 'without a fence',
    caughtBy: ['is taken over: overtaken', 'released by a human'],
    change: store => ({ append: (feature, addition) => withoutFence(store, feature, addition) }),
  },
  {
    name: 'with a fence that looks only at the current holder',
    caughtBy: ['taken over and released', 'was free', 'taken again by a later call'],
    change: store => ({ append: (feature, addition) => fencedByHolder(store, feature, addition) }),
  },
  {
    name: 'without a transaction: the version is read again before it writes',
    caughtBy: ['based on an old version', 'based on the same version: one'],
    change: store => ({ append: (feature, addition) => unchecked(store, feature, addition) }),
  },
  {
    name: 'without a transaction: the leases are read again before it writes',
    caughtBy: ['two clients that claim', 'many clients that claim', 'are not lost'],
    change: store => ({
      async changeLeases(what) {
        for (let left = 20; ; left -= 1) {
          try {
            return await store.changeLeases({ ...what, table: await store.leases() })
          } catch (error) {
            if (!(error instanceof Overtaken) || left === 0) throw error
          }
        }
      },
    }),
  },
  {
    name: 'which says that a change of the leases was made when it was not',
    caughtBy: ['two clients that claim', 'many clients that claim', 'is overtaken changes nothing'],
    change: store => ({
      async changeLeases(what) {
        try {
          return await store.changeLeases(what)
        } catch (error) {
          if (!(error instanceof Overtaken)) throw error
          return store.leases()
        }
      },
    }),
  },
  {
    name: 'which adds a commit again that it has',
    needs: 'commits',
    caughtBy: ['sent twice'],
    change: store => ({
      async append(feature, addition) {
        const version = await store.append(feature, addition)
        await store.append(feature, { ...addition, after: version })
        return version
      },
    }),
  },
]
