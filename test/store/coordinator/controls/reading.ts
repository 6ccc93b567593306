import type { Control } from './control.ts'

/** Stores that give something else than what was written. */
export const READING_CONTROLS: Control[] = [
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
          leases: Object.fromEntries(
            entries.map(([key, one]) => [key, { ...one, active: undefined }]),
          ),
        }
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
    name: 'which loses the files beside the lines',
    needs: 'attached',
    caughtBy: ['come with them'],
    change: store => ({
      async readSince(feature, version) {
        const { commits, ...rest } = await store.readSince(feature, version)
        return { ...rest, commits: commits.map(one => ({ ...one, attached: {} })) }
      },
    }),
  },
]
