import type { LeaseTable } from '../leases/lease-table.ts'

/** The leases with other names for the hosts of their holders. */
export function withHosts(
  { number, leases }: LeaseTable,
  hostFor: (host: string) => string,
): LeaseTable {
  const entries = Object.entries(leases).map(([key, lease]) => {
    const host = hostFor(lease.holder.host)
    return [
      key,
      host === lease.holder.host ? lease : { ...lease, holder: { ...lease.holder, host } },
    ] as const
  })
  return { number, leases: Object.fromEntries(entries) }
}
