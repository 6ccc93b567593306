import { expect, vi } from 'vitest'
import { isExpired } from '../../../../src/store/leases/expiry.ts'
import { leaseKey } from '../../../../src/store/leases/lease-table.ts'
import { FEATURE } from '../client.ts'
import type { Check } from '../shared-project.ts'

const MINUTE = 60_000

/** Runs something while the wall clock of this process is wrong. */
async function withClock<T>(wrongBy: number, work: () => Promise<T>): Promise<T> {
  vi.setSystemTime(Date.now() + wrongBy)
  try {
    return await work()
  } finally {
    vi.useRealTimers()
  }
}

const WRONG = [-60, 0, 60].flatMap(mine => [-60, 0, 60].map(theirs => [mine, theirs] as const))

/** When leases expire. */
export const CLOCKS: Check[] = [
  {
    name: 'a lease expires on time, however wrong the clocks of the clients are',
    needs: 'clock',
    async run({ open }) {
      const [one, other] = [await open('one'), await open('other')]
      for (const [mine, theirs] of WRONG) {
        await withClock(mine * MINUTE, async () => {
          await one.store.leases()
          await one.take('T1')
        })
        const isOver = await withClock(theirs * MINUTE, async () => {
          const { leases } = await other.store.leases()
          const lease = { until: '', ...leases[leaseKey(FEATURE, 'T1')] }
          const { wall, machine, up } = other.store.clocks()
          return [0, 29, 31].map(minutes =>
            isExpired(lease, {
              wall: new Date(wall.getTime() + minutes * MINUTE),
              machine,
              up: up + minutes * MINUTE,
            }),
          )
        })
        expect({ mine, theirs, isOver }).toEqual({ mine, theirs, isOver: [false, false, true] })
      }
    },
  },
  {
    name: 'the clock of the store goes on',
    async run({ open }) {
      const { store } = await open('one')
      await store.leases()
      const first = store.clocks()
      await store.leases()
      const second = store.clocks()
      expect(second.wall.getTime()).toBeGreaterThanOrEqual(first.wall.getTime())
      expect(Number.isNaN(second.wall.getTime())).toBe(false)
    },
  },
]
