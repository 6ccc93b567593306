import { expect } from 'vitest'
import { leaseKey } from '../../../../src/store/leases/lease-table.ts'
import { FEATURE } from '../client.ts'
import { outcomeOf, outcomesOf } from '../outcomes.ts'
import type { Check } from '../shared-project.ts'

const T1 = leaseKey(FEATURE, 'T1')

/** Who holds which task. */
export const LEASES: Check[] = [
  {
    name: 'two clients that claim one task: one has it, the other is overtaken',
    async run({ open }) {
      const [one, other] = [await open('one'), await open('other')]
      const [seen, stale] = [await one.store.leases(), await other.store.leases()]
      const taken = await one.takeIn(seen, 'T1')
      expect(taken.leases[T1]?.holder).toEqual(one.holder)
      expect(await outcomeOf(other.takeIn(stale, 'T1'))).toBe('overtaken')
      expect(await other.store.leases()).toEqual(taken)
      // Leases on other tasks count too: two tasks may name one file.
      expect(await outcomeOf(other.takeIn(stale, 'T2'))).toBe('overtaken')
      expect(await other.store.leases()).toEqual(taken)
    },
  },
  {
    name: 'many clients that claim one task at the same time: one has it',
    async run({ open }) {
      const names = ['a', 'b', 'c', 'd', 'e', 'f']
      const clients = await Promise.all(names.map(open))
      const one = await open('one')
      for (let round = 1; round <= 3; round += 1) {
        const tables = await Promise.all(clients.map(({ store }) => store.leases()))
        const claims = clients.map((client, at) =>
          client.takeIn(tables[at] ?? { number: 0, leases: {} }, `T${round}`),
        )
        const outcomes = await outcomesOf(claims)
        expect(outcomes.filter(one => one === 'done')).toHaveLength(1)
        const { leases } = await one.store.leases()
        const winner = names[outcomes.indexOf('done')]
        expect(leases[leaseKey(FEATURE, `T${round}`)]?.holder.id).toBe(winner)
      }
    },
  },
  {
    name: 'every client reads the same leases, with a number that only grows',
    async run({ open }) {
      const [one, other] = [await open('one'), await open('other')]
      let last = await one.store.leases()
      for (const [at, client] of [one, other, other, one].entries()) {
        const next = await client.take(`T${at}`)
        expect(next.number).toBeGreaterThan(last.number)
        expect(await outcomeOf(client.takeIn(last, 'T9'))).toBe('overtaken')
        for (const { store } of [one, other]) expect(await store.leases()).toEqual(next)
        last = next
      }
      expect(Object.keys(last.leases)).toHaveLength(4)
    },
  },
  {
    name: 'changes about different tasks that are made at the same time are not lost',
    async run({ open }) {
      const clients = await Promise.all(['a', 'b', 'c', 'd'].map(open))
      const one = await open('one')
      let left = clients
      while (left.length > 0) {
        const outcomes = await outcomesOf(left.map(client => client.take(client.name)))
        expect(outcomes).toContain('done')
        left = left.filter((_, at) => outcomes[at] !== 'done')
        const { leases } = await one.store.leases()
        const taken = clients.filter(client => !left.includes(client))
        const holders = taken.map(({ name }) => leases[leaseKey(FEATURE, name)]?.holder.id)
        expect(holders).toEqual(taken.map(({ name }) => name))
      }
    },
  },
  {
    name: 'a lease is kept as it was written, and is gone when it was removed',
    async run({ open }) {
      const [one, other] = [await open('one'), await open('other')]
      const { host, pid, startTime } = one.holder
      const name = 'Zoë "the" 測試 🧪 \u0000 \u2028'
      const holder = { id: 'one', name, host, pid, startTime, claim: true as const }
      const more = {
        holder,
        files: ['src/ä b.ts', "it's\\n.ts"],
        active: '2026-01-02T03:04:05.678Z',
        machine: { id: 'host boot', until: 1_234_567.125 },
      }
      const flags = { takenOver: true, ended: true, released: true, releasedBy: 'Ann' } as const
      for (const entry of [more, { ...more, ...flags }]) {
        await one.take('T1', entry)
        expect((await other.store.leases()).leases[T1]).toMatchObject(entry)
        expect(await other.store.leases()).toEqual(await one.store.leases())
      }
      await other.take('T2')
      await one.release('T1')
      expect(Object.keys((await other.store.leases()).leases)).toEqual([leaseKey(FEATURE, 'T2')])
    },
  },
]
