import { expect } from 'vitest'
import { chanceOf } from '../../../chaos/figures.ts'
import type { Addition } from '../../../../src/store/coordinator/coordinator.ts'
import type { Client } from '../client.ts'
import { outcomeOf, untilDone } from '../outcomes.ts'
import type { Check } from '../shared-project.ts'

const CLIENTS = 6
const TASKS = 12

/** Sees every claim from outside the store. */
class Referee {
  readonly violations: string[] = []
  readonly #holders = new Map<string, string>()
  readonly #last = new Map<string, number>()

  taken(task: string, client: string): void {
    const holder = this.#holders.get(task)
    if (holder !== undefined) this.violations.push(`${client} took ${task}, which ${holder} has`)
    this.#holders.set(task, client)
  }

  /** The client ends or is suspended: from now on another one may take the task. */
  gone(task: string): void {
    this.#holders.delete(task)
  }

  number(client: string, number: number): void {
    const last = this.#last.get(client) ?? 0
    if (number < last) this.violations.push(`${client} read leases ${number} after ${last}`)
    this.#last.set(client, number)
  }
}

/** A client that completes tasks until none is left. In some of them it is suspended after its decision and goes on much later. */
async function work(client: Client, referee: Referee, chance: () => number, late: Late[]) {
  for (let left = MAX_STEPS; ; left -= 1) {
    if (left === 0) throw new Error('no progress')
    // First the leases: a task that was completed and released before they were read is seen as completed.
    const table = await client.store.leases()
    referee.number(client.name, table.number)
    const done = (await client.see()).tasks()
    const open = TASK_NAMES.filter(task => !done.includes(task))
    const free = open.filter(task => !client.isTaken(table, task))
    if (open.length === 0) return
    // Often the same one as others choose.
    const task = free[chance() < 0.6 ? 0 : Math.floor(chance() * free.length)]
    if (task === undefined) continue
    const taken = await client.takeIn(table, task)
    referee.taken(task, client.name)
    referee.number(client.name, taken.number)
    const decision = client.decision({ tasks: [task] }, { task, table: taken })
    if (chance() < 0.2 && late.length < MAX_LATE) {
      referee.gone(task)
      // The others see a lease that has ended.
      await untilDone(() => client.take(task, { ended: true }))
      late.push({ client, task, decision })
      return
    }
    const outcome = await outcomeOf(client.store.append('f', decision))
    referee.gone(task)
    await untilDone(() => client.release(task))
    if (outcome === 'overtaken') await client.see()
  }
}

interface Late {
  client: Client
  task: string
  decision: Addition
}

const TASK_NAMES = Array.from({ length: TASKS }, (_, at) => `T${at}`)
const MAX_LATE = 3
/** So that a store without progress fails. */
const MAX_STEPS = 1_000

/** Many clients and many tasks, in any order. */
export const CONTENTION: Check[] = [
  {
    name: 'many clients complete many tasks, some of them suspended: each is claimed by one at a time and recorded once',
    async run({ open, seed }) {
      const chance = chanceOf(seed)
      const referee = new Referee()
      const late: Late[] = []
      let started = 0
      const worker = async (): Promise<void> => {
        const client = await open(`client ${(started += 1)}`)
        const before = late.length
        await untilDone(() => work(client, referee, chance, late))
        // Another server starts in place of the one that is suspended.
        if (late.slice(before).some(one => one.client === client)) await worker()
      }
      await Promise.all(Array.from({ length: CLIENTS }, worker))
      const reader = await open('reader')
      expect((await reader.see()).tasks().toSorted()).toEqual(TASK_NAMES.toSorted())
      for (const { client, decision } of late) {
        expect(await outcomeOf(client.store.append('f', decision))).toBe('overtaken')
        // Nor if the version were right: the task was another client's in between.
        await client.see()
        const { fence, commit } = decision
        const again = {
          ...client.decision({ tasks: [commit.marks ?? 'again'] }),
          ...(fence && { fence }),
        }
        expect(await outcomeOf(client.store.append('f', again))).toBe('overtaken')
      }
      expect((await (await open('last')).see()).tasks().toSorted()).toEqual(TASK_NAMES.toSorted())
      expect(referee.violations).toEqual([])
    },
  },
]
