import { expect } from 'vitest'
import type { LeaseTable } from '../../../../src/store/leases/lease-table.ts'
import type { Client } from '../client.ts'
import { outcomeOf } from '../outcomes.ts'
import type { Check } from '../shared-project.ts'

/** What happens to a task while a client is suspended between its decision and writing it. */
interface Meanwhile {
  what: string
  /** Whether the suspended client had the task. */
  isHeld?: boolean
  happens: (others: { other: Client; third: Client; me: Client }) => Promise<unknown>
  outcome: 'done' | 'overtaken'
}

const RELEASED = { takenOver: true, released: true, releasedBy: 'Ann' } as const

const MEANWHILE: Meanwhile[] = [
  {
    what: 'is taken over',
    happens: ({ other }) => other.take('T1'),
    outcome: 'overtaken',
  },
  {
    what: 'is taken over and released',
    async happens({ other }) {
      await other.take('T1')
      await other.release('T1')
    },
    outcome: 'overtaken',
  },
  {
    what: 'was free, and is taken and released',
    isHeld: false,
    async happens({ other }) {
      await other.take('T1')
      await other.release('T1')
    },
    outcome: 'overtaken',
  },
  {
    what: 'is taken over by several holders one after another',
    async happens({ other, third }) {
      for (const client of [other, third, other]) await client.take('T1')
      await other.release('T1')
      await third.take('T2')
    },
    outcome: 'overtaken',
  },
  {
    what: 'is taken over, and taken again by a later call of the same client',
    async happens({ other, me }) {
      await other.take('T1')
      await other.release('T1')
      await me.take('T1')
    },
    outcome: 'overtaken',
  },
  {
    what: 'is released by a human',
    happens: ({ other }) => other.take('T1', RELEASED),
    outcome: 'overtaken',
  },
  {
    what: 'is released by a human with the id of its holder',
    happens: ({ me }) => me.take('T1', RELEASED),
    outcome: 'overtaken',
  },
  {
    what: 'stays with it, while others take and release other tasks',
    async happens({ other, third }) {
      await other.take('T2')
      await third.take('T3')
      await other.release('T2')
    },
    outcome: 'done',
  },
  {
    what: 'is taken again or renewed by another call of it',
    async happens({ me }) {
      const { number } = await me.take('T1')
      await me.take('T1', { token: number })
    },
    outcome: 'done',
  },
  {
    what: 'is released by itself',
    happens: ({ me }) => me.release('T1'),
    outcome: 'done',
  },
]

/** The client decides before, and writes after. */
function checkOf({ what, isHeld = true, happens, outcome }: Meanwhile): Check {
  return {
    name: `a decision about a task that ${what}: ${outcome}`,
    async run({ open }) {
      const [me, other, third] = [await open('me'), await open('other'), await open('third')]
      const table = isHeld ? await me.take('T1') : await me.store.leases()
      await me.see()
      const decision = me.decision({ tasks: ['T1'] }, { task: 'T1', table })
      await happens({ other, third, me })
      expect(await outcomeOf(me.store.append('f', decision))).toBe(outcome)
      expect((await other.see()).tasks()).toEqual(outcome === 'done' ? ['T1'] : [])
      // Nothing stays behind that prevents the next decision.
      const now = await third.take('T1')
      await third.see()
      await third.store.append('f', third.decision({ tasks: ['T1'] }, { task: 'T1', table: now }))
      expect((await other.see()).tasks().at(-1)).toBe('T1')
    },
  }
}

/** A client that writes late, however late. */
export const FENCING: Check[] = [
  ...MEANWHILE.map(checkOf),
  {
    name: 'a decision that is written while its task is taken over is seen by the next holder or never recorded',
    async run({ open }) {
      const [me, other, third] = [await open('me'), await open('other'), await open('third')]
      for (let round = 1; round <= 12; round += 1) {
        const task = `T${round}`
        const table: LeaseTable = await me.take(task)
        await me.see()
        const decision = me.decision({ tasks: [task] }, { task, table })
        const others = await other.store.leases()
        const write = () => outcomeOf(me.store.append('f', decision))
        const takeOver = async () => {
          await other.takeIn(others, task)
          return (await other.see()).tasks().includes(task)
        }
        const isFirst = round % 2 === 0
        const early = isFirst ? write() : undefined
        const next = takeOver()
        const late = early ?? write()
        const [outcome, isSeen] = await Promise.all([late, next])
        expect({ round, outcome }).toEqual({ round, outcome: isSeen ? 'done' : 'overtaken' })
        expect((await third.see()).tasks().includes(task)).toBe(isSeen)
      }
    },
  },
]
