import type { Addition, Coordinator } from '../../../../src/store/coordinator/coordinator.ts'
import { startLease } from '../../../../src/store/leases/expiry.ts'
import { createHolder } from '../../../../src/store/leases/holder.ts'
import { leaseKey, type LeaseTable } from '../../../../src/store/leases/lease-table.ts'

export const ME = createHolder('me', 'me', process.pid)
export const THEM = createHolder('them', 'them', process.pid)

/** One line of text as the next addition to a feature. */
export function addition(text: string, after = 0, more: Partial<Addition> = {}): Addition {
  const place = { format: 1, file: '0123456789.jsonl', offset: 0, branch: '' } as const
  return { after, commit: { ...place, prev: '', seq: after, lines: [text], tip: text }, ...more }
}

/** Takes a task of the feature `f` in the current leases. */
export async function take(store: Coordinator, task: string, holder = ME): Promise<LeaseTable> {
  const table = await store.leases()
  const token = table.number + 1
  const lease = { holder, since: '', files: [], token, ...startLease(30, store.clocks()) }
  const leases = { ...table.leases, [leaseKey('f', task)]: lease }
  return store.changeLeases({ table, leases, taken: { feature: 'f', task, by: holder } })
}

/** A decision about a task of the feature `f`. */
export function fence(table: LeaseTable, task: string, by = ME): Pick<Addition, 'fence'> {
  return { fence: { feature: 'f', task, by, table } }
}

/** All lines of a feature. */
export async function linesOf(store: Coordinator, feature = 'f'): Promise<string[]> {
  const { commits } = await store.readSince(feature, 0)
  return commits.flatMap(({ lines }) => lines)
}
