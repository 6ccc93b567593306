import { onTestFinished } from 'vitest'
import type { Coordinator } from '../../src/store/coordinator/coordinator.ts'
import {
  openPostgres,
  type PostgresCoordinator,
  type PostgresSettings,
} from '../../src/store/coordinator/postgres/postgres-coordinator.ts'
import { startLease } from '../../src/store/leases/expiry.ts'
import { createHolder, type Holder } from '../../src/store/leases/holder.ts'
import { leaseKey, type LeaseEntry, type LeaseTable } from '../../src/store/leases/lease-table.ts'
import { Overtaken } from '../../src/store/transaction/sequence.ts'

/** A project that no other test of this process has. */
export function nextProject(): string {
  projects += 1
  return `owner/stack-${projects}`
}

let projects = 0

/** A store that is closed with the test. */
export async function openStore(
  url: string,
  settings: Partial<PostgresSettings> = {},
): Promise<PostgresCoordinator> {
  const opened = await openPostgres({ url, project: 'owner/stack', clone: 'one', ...settings })
  onTestFinished(() => opened.close())
  return opened
}

export const ME = createHolder('me', 'me', process.pid)
export const THEM = createHolder('them', 'them', process.pid)

/** Gives a task of the feature `stack` to a holder, although another one has it. */
export async function give(
  store: Coordinator,
  holder: Holder,
  task = 'T1',
  more: Partial<LeaseEntry> = {},
): Promise<LeaseTable> {
  const table = await store.leases()
  const now = store.clocks()
  const entry = {
    holder,
    since: now.wall.toISOString(),
    ...startLease(30, now),
    token: table.number + 1,
    files: [],
    ...more,
  }
  const leases = { ...table.leases, [leaseKey('stack', task)]: entry }
  return store.changeLeases({ table, leases, taken: { feature: 'stack', task, by: holder } })
}

/** Removes all leases. */
export async function removeAll(store: Coordinator): Promise<LeaseTable> {
  return store.changeLeases({ table: await store.leases(), leases: {} })
}

/** Whether a decision took effect. */
export async function outcome(decision: Promise<unknown>): Promise<'recorded' | 'overtaken'> {
  try {
    await decision
    return 'recorded'
  } catch (error) {
    if (!(error instanceof Overtaken)) throw error
    return 'overtaken'
  }
}
