import { leasesFolder, recentHolders } from '../store/leases/lease-table.ts'
import type { Holder } from '../store/leases/holder.ts'
import type { Context } from '../workflow/context/context.ts'
import { holderTag } from '../workflow/context/record.ts'

/**
 * The names of holders by the tags that events have. A lease goes when its task is done, so this process remembers the names that it has
 * seen.
 */
const names = new Map<string, string>()

/** The folders of leases whose earlier records were read. */
const read = new Set<string>()

/** Remembers who holds a lease now, and at first also who held one before this process began. */
export function rememberHolders({
  leaseTable,
  state,
}: Pick<Context, 'leaseTable' | 'state'>): void {
  const folder = leasesFolder(state)
  if (!read.has(folder)) remember(recentHolders(state))
  read.add(folder)
  remember(Object.values(leaseTable.leases).map(({ holder }) => holder))
}

function remember(holders: readonly Holder[]): void {
  for (const holder of holders) names.set(holderTag(holder), holder.name)
}

/** The name behind a tag, or the tag. */
export function holderName(tag: string): string {
  return names.get(tag) ?? `an assistant (${tag})`
}
