import os from 'node:os'
import type { Holder } from '../leases/holder.ts'
import type { LeaseTable } from '../leases/lease-table.ts'

/**
 * Holders of this clone as a shared store has them: with the clone's name for the host, and after the id. Two terminals in two containers may have the
 * same user and process id, and must not count as one holder.
 */
export function asStored(holder: Holder, host: string): Holder {
  if (holder.host !== os.hostname()) return holder
  return { ...holder, host, id: `${holder.id}${suffix(host)}` }
}

/** Holders as a shared store has them, with those of this clone as they are here. */
export function asHere(holder: Holder, host: string): Holder {
  if (holder.host !== host) return holder
  const end = suffix(host)
  const id = holder.id.endsWith(end) ? holder.id.slice(0, -end.length) : holder.id
  return { ...holder, host: os.hostname(), id }
}

/** The leases with other holders. */
export function withHolders(
  { number, leases }: LeaseTable,
  holderFor: (holder: Holder) => Holder,
): LeaseTable {
  const entries = Object.entries(leases).map(
    ([key, lease]) => [key, { ...lease, holder: holderFor(lease.holder) }] as const,
  )
  return { number, leases: Object.fromEntries(entries) }
}

function suffix(host: string): string {
  return `@${host.slice(host.lastIndexOf(' ') + 1)}`
}
