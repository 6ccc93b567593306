import { expect } from 'vitest'
import {
  endLease,
  endLeasesOf,
  releasedByHuman,
  releaseLease,
} from '../../../../src/store/leases/end-lease.ts'
import type { LeaseTable } from '../../../../src/store/leases/lease-table.ts'
import {
  activeLeases,
  findLease,
  takeLease,
  takenOverSince,
} from '../../../../src/store/leases/leases.ts'
import { FEATURE, type Client } from '../client.ts'
import { countDone, outcomeOf, untilDone } from '../outcomes.ts'
import type { Check } from '../shared-project.ts'

/** Takes or renews a lease as `next_task` does. With 0 minutes it expires at once. */
async function claim({ store, holder: by }: Client, task: string, leaseMinutes = 30) {
  const table = await store.leases()
  const request = { feature: FEATURE, task, files: [`${task}.ts`], by, now: store.clocks() }
  return takeLease(store, table, { ...request, leaseMinutes })
}

async function active({ store }: Client): Promise<string[]> {
  return [...activeLeases(await store.leases(), FEATURE, store.clocks()).keys()].toSorted()
}

function tokenOf(table: LeaseTable, task: string): number {
  return findLease(table, FEATURE, task)?.token ?? 0
}

/** The functions of the workflow that decide about leases, in each store. */
export const LEASE_DECISIONS: Check[] = [
  {
    name: 'a lease that is taken, renewed and released is active as long for all clients',
    async run({ open }) {
      const [one, other] = [await open('lease one'), await open('lease other')]
      const taken = await claim(one, 'T1')
      await claim(other, 'T2')
      const renewed = await claim(one, 'T1', 60)
      // A renewal keeps the token, so that decisions in progress are still valid.
      expect(tokenOf(renewed, 'T1')).toBe(tokenOf(taken, 'T1'))
      for (const client of [one, other]) expect(await active(client)).toEqual(['T1', 'T2'])
      await releaseLease(one.store, FEATURE, 'T1', one.holder)
      await releaseLease(one.store, FEATURE, 'T2', one.holder)
      for (const client of [one, other]) expect(await active(client)).toEqual(['T2'])
    },
  },
  {
    name: 'a lease that expired is taken over with a higher token, and its holder notices',
    async run({ open }) {
      const [one, other] = [await open('expired one'), await open('expired other')]
      const first = await claim(one, 'T1', 0)
      expect(await active(other)).toEqual([])
      const second = await claim(other, 'T1')
      expect(tokenOf(second, 'T1')).toBeGreaterThan(tokenOf(first, 'T1'))
      const table = await one.store.leases()
      const later = takenOverSince(one.store, table, FEATURE, 'T1', one.holder)
      expect(later?.holder.id).toBe(other.holder.id)
      await releaseLease(other.store, FEATURE, 'T1', other.holder)
      const third = await claim(one, 'T1')
      expect(tokenOf(third, 'T1')).toBeGreaterThan(tokenOf(second, 'T1'))
    },
  },
  {
    name: 'a task that a human released stays released for its holder, and can be started again',
    async run({ open }) {
      const [one, human] = [await open('release one'), await open('release human')]
      const table = await claim(one, 'T1')
      await one.see()
      const decision = one.decision({ tasks: ['T1'] }, { task: 'T1', table })
      const release = { feature: FEATURE, task: 'T1', by: human.holder, person: 'Ann' }
      await endLease(human.store, await human.store.leases(), release)
      expect(releasedByHuman(await one.store.leases(), FEATURE, 'T1')?.person).toBe('Ann')
      expect(await outcomeOf(one.store.append('f', decision))).toBe('overtaken')
      expect(await active(one)).toEqual([])
      const again = await claim(one, 'T1')
      expect(releasedByHuman(again, FEATURE, 'T1')).toBeUndefined()
      const next = one.decision({ tasks: ['T1'] }, { task: 'T1', table: again })
      await one.store.append('f', next)
      expect((await human.see()).tasks()).toEqual(['T1'])
    },
  },
  {
    name: 'the leases of a holder who is gone end, although others change theirs at the same time',
    async run({ open }) {
      const [one, other] = [await open('gone one'), await open('gone other')]
      for (const task of ['T1', 'T2']) await untilDone(() => claim(one, task))
      await Promise.all([
        endLeasesOf(one.store, one.holder.id),
        ...['T3', 'T4'].map(task => untilDone(() => claim(other, task))),
      ])
      expect(await active(other)).toEqual(['T3', 'T4'])
      expect(await countDone([claim(other, 'T1')])).toBe(1)
      expect(await active(one)).toEqual(['T1', 'T3', 'T4'])
    },
  },
]
