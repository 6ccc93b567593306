import { expect } from 'vitest'
import { leaseKey } from '../../../../src/store/leases/lease-table.ts'
import { Client, FEATURE } from '../client.ts'
import { countDone, outcomeOf, untilDone } from '../outcomes.ts'
import type { Check } from '../shared-project.ts'

const T1 = leaseKey(FEATURE, 'T1')

/** The client, as it is inside a turn. */
function inTurn({ name, store }: Client, work: (client: Client) => Promise<unknown>) {
  return store.withTurn(async inner => work(new Client(name, inner)))
}

/** Decisions that are made while others wait. */
export const TURNS: Check[] = [
  {
    name: 'what is changed in a turn is seen inside and after it',
    async run({ open }) {
      const [one, other] = [await open('one'), await open('other')]
      const result = await one.store.withTurn(async store => {
        const client = new Client('one', store)
        const table = await client.take('T1')
        await client.see()
        const fenced = { task: 'T1', table }
        const version = await store.append('f', client.decision({ tasks: ['T1'] }, fenced))
        expect((await client.see()).tasks()).toEqual(['T1'])
        expect((await store.leases()).leases[T1]?.holder.id).toBe('one')
        expect(await store.features()).toEqual(['f'])
        return version
      })
      expect((await other.see()).tasks()).toEqual(['T1'])
      expect(other.view().version).toBe(result)
      expect((await other.store.leases()).leases[T1]?.holder.id).toBe('one')
    },
  },
  {
    name: 'after an error in a turn, lines are as they were, and the next turn works',
    async run({ open }) {
      const [one, other] = [await open('one'), await open('other')]
      await other.add({ tasks: ['T0'] })
      const failure = new Error('the plan cannot be read')
      const fails = inTurn(one, async client => {
        await client.take('T1')
        await client.see()
        throw failure
      })
      await expect(fails).rejects.toBe(failure)
      expect((await other.see()).tasks()).toEqual(['T0'])
      await inTurn(other, client => client.add({ tasks: ['T2'] }))
      expect((await one.see()).tasks().toSorted()).toEqual(['T0', 'T2'])
    },
  },
  {
    name: 'after `append` has returned, an error in the turn undoes neither its lines nor the leases before it',
    async run({ open }) {
      const [one, other] = [await open('one'), await open('other')]
      const fails = inTurn(one, async client => {
        await client.take('T1')
        await client.add({ tasks: ['T1'] })
        throw new Error('no place for the marks')
      })
      await expect(fails).rejects.toThrow('no place for the marks')
      expect((await other.see()).tasks()).toEqual(['T1'])
      expect((await other.store.leases()).leases[T1]?.holder.id).toBe('one')
    },
  },
  {
    name: 'a turn in which something is overtaken changes nothing more, and the next one works',
    async run({ open }) {
      const [one, other] = [await open('one'), await open('other')]
      await one.see()
      const stale = await one.store.leases()
      await other.add({ tasks: ['T0'] })
      await other.take('T0')
      const late = { ...one.decision({ tasks: ['late'] }) }
      expect(await outcomeOf(one.store.withTurn(turn => turn.append('f', late)))).toBe('overtaken')
      const claim = inTurn(one, client => client.takeIn(stale, 'T1'))
      expect(await outcomeOf(claim)).toBe('overtaken')
      await inTurn(one, client => client.add({ tasks: ['T1'] }))
      expect((await other.see()).tasks().toSorted()).toEqual(['T0', 'T1'])
      expect(Object.keys((await other.store.leases()).leases)).toEqual([leaseKey(FEATURE, 'T0')])
    },
  },
  {
    name: 'a decision in a turn and one outside, based on the same version: one is recorded',
    async run({ open }) {
      const [one, other] = [await open('one'), await open('other')]
      for (let round = 1; round <= 6; round += 1) {
        await other.see()
        const outside = other.decision({ tasks: [`T${round}`] })
        let started: Promise<number> | undefined
        const inside = inTurn(one, async client => {
          const { version } = await client.see()
          expect(version).toBe(outside.after)
          const decision = client.decision({ tasks: [`T${round}`] })
          // It may have to wait until this turn is over.
          started = other.store.append('f', outside)
          started.catch(() => undefined)
          return client.store.append('f', decision)
        })
        const done = await countDone([inside, inside.catch(() => 0).then(async () => started)])
        expect({ round, done }).toEqual({ round, done: 1 })
        expect((await one.see()).lines).toHaveLength(round)
      }
    },
  },
  {
    name: 'turns of several clients at the same time all come to an end',
    async run({ open }) {
      const clients = await Promise.all(['a', 'b', 'c', 'd'].map(open))
      const work = clients.map(async client => {
        for (let at = 1; at <= 3; at += 1)
          await untilDone(() => inTurn(client, one => one.add({ tasks: [`${client.name}${at}`] })))
      })
      await Promise.all(work)
      const names = clients.flatMap(({ name }) => [1, 2, 3].map(at => `${name}${at}`))
      const reader = await open('reader')
      expect((await reader.see()).tasks().toSorted()).toEqual(names.toSorted())
    },
  },
  {
    name: 'a client that is killed in its turn does not keep the others waiting',
    needs: 'kill',
    async run({ open, kill }) {
      const [one, other] = [await open('one'), await open('other')]
      let begun: () => void = () => undefined
      const isBegun = new Promise<void>(resolve => (begun = resolve))
      const never = one.store.withTurn(async turn => {
        await turn.leases()
        begun()
        await new Promise(() => {})
      })
      never.catch(() => undefined)
      await isBegun
      await kill('one')
      await inTurn(other, client => client.add({ tasks: ['T1'] }))
      expect((await other.see()).tasks()).toEqual(['T1'])
    },
  },
  {
    name: 'a client that closes the store leaves it open for the others',
    async run({ open }) {
      const [one, other] = [await open('one'), await open('other')]
      await one.add({ tasks: ['T1'] })
      await one.store.close()
      await other.add({ tasks: ['T2'] })
      expect((await (await open('one')).see()).tasks().toSorted()).toEqual(['T1', 'T2'])
    },
  },
]
