import { leaseKey } from '../../../src/store/leases/lease-table.ts'
import type { Addition, Coordinator } from '../../../src/store/coordinator/coordinator.ts'
import type { Extra } from './shared-project.ts'
import { Overtaken } from '../../../src/store/transaction/sequence.ts'

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

export const CONTROLS: Control[] = [
  {
    name: 'without a fence',
    caughtBy: ['is taken over: overtaken', 'released by a human'],
    change: store => ({ append: (feature, addition) => withoutFence(store, feature, addition) }),
  },
  {
    name: 'with a fence that looks only at the holder of now',
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
    caughtBy: [
      'two clients that claim',
      'many clients that claim',
      'are not lost',
      'complete many',
    ],
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
    name: 'which keeps no number of the leases',
    caughtBy: ['a number that only grows'],
    change: store => ({ leases: async () => ({ ...(await store.leases()), number: 0 }) }),
  },
  {
    name: 'which drops what it does not know in a lease',
    caughtBy: ['is kept as it was written'],
    change: store => ({
      async leases() {
        const { number, leases } = await store.leases()
        const entries = Object.entries(leases)
        return {
          number,
          leases: Object.fromEntries(entries.map(([key, { active: _, ...one }]) => [key, one])),
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
  {
    name: 'which gives no order',
    caughtBy: ['keep their order'],
    change: store => ({
      async readSince(feature, version) {
        const { commits, ...rest } = await store.readSince(feature, version)
        return { ...rest, commits: commits.toReversed() }
      },
    }),
  },
  {
    name: 'which gives a line too little',
    caughtBy: ['reads what is new', 'come back as they were'],
    change: store => ({
      async readSince(feature, version) {
        const { commits, ...rest } = await store.readSince(feature, version)
        return { ...rest, commits: commits.slice(0, -1) }
      },
    }),
  },
  {
    name: 'in which each client counts its own versions',
    caughtBy: ['reads what is new'],
    change(store) {
      let version = 0
      return {
        async readSince(feature, after) {
          const { commits } = await store.readSince(feature, after)
          return { version: (version += commits.length), commits }
        },
      }
    },
  },
  {
    name: 'which takes names for the same that look the same',
    caughtBy: ['listed by their names', 'are kept apart'],
    change: store => ({
      append: (feature, addition) => store.append(feature.normalize('NFC'), addition),
      readSince: (feature, version) => store.readSince(feature.normalize('NFC'), version),
      async leases() {
        const { number, leases } = await store.leases()
        const entries = Object.entries(leases)
        return {
          number,
          leases: Object.fromEntries(entries.map(([key, one]) => [key.normalize('NFC'), one])),
        }
      },
    }),
  },
  {
    name: 'which has the time of each client',
    caughtBy: ['expires on time'],
    change: store => ({
      clocks: () => ({ ...store.clocks(), wall: new Date(), machine: undefined }),
    }),
  },
  {
    name: 'with a clock that stands still or goes back',
    caughtBy: ['the clock of the store goes on'],
    change(store) {
      let left = 1_000_000
      return {
        clocks() {
          left -= 1000
          return { ...store.clocks(), wall: new Date(left) }
        },
      }
    },
  },
  {
    name: 'which writes only at the end of a turn, if that has no error',
    caughtBy: ['undoes neither its lines nor the leases', 'seen inside and after'],
    change: store => ({
      async withTurn(work) {
        const left: (() => Promise<unknown>)[] = []
        const result = await work(
          changed(store, {
            change: () => ({
              async append(feature, addition) {
                left.push(() => store.append(feature, addition))
                return addition.after + 1
              },
            }),
          }),
        )
        for (const write of left) await write()
        return result
      },
    }),
  },
  {
    name: 'which keeps an error of a turn to itself',
    caughtBy: ['after an error in a turn', 'undoes neither its lines'],
    change: store => ({
      async withTurn(work) {
        let failure: unknown
        try {
          return await work(store)
        } catch (error) {
          failure = error
        }
        throw new Error('The turn failed.', { cause: failure })
      },
    }),
  },
  {
    name: 'which is closed for everybody when one client closes it',
    caughtBy: ['leaves it open for the others'],
    change: () => ({
      async close() {
        throw new Error('closed')
      },
    }),
  },
]
