import os from 'node:os'
import type { FencedDecision } from '../leases/fencing.ts'
import type { Holder } from '../leases/holder.ts'
import type { LeaseTable } from '../leases/lease-table.ts'
import { plainName } from './clone-names.ts'
import type { Addition, Coordinator, LeaseChange } from './coordinator.ts'

/** A clone, as the holders of its leases are stored. */
interface ThisClone {
  host: string
  /** The name for humans in other clones. */
  name: string
}

/**
 * A shared store in which the holders of this clone have `host` for their host, and a part of it after their id. So whether a process is
 * alive is only asked in its own clone, and two terminals in two containers, which may have the same user and process id, are not one
 * holder. They also have the name of their clone, for humans in others.
 */
export function withCloneHolders(remote: Coordinator, clone: ThisClone): Coordinator {
  const stored = (table: LeaseTable) => withHolders(table, holder => asStored(holder, clone))
  const here = (table: LeaseTable) => withHolders(table, holder => asHere(holder, clone))
  const withStoredHolder = ({ by, table, ...decision }: FencedDecision) => ({
    ...decision,
    by: asStored(by, clone),
    table: stored(table),
  })
  return {
    project: remote.project,
    get decidesTogether() {
      return remote.decidesTogether ?? false
    },
    clocks: () => remote.clocks(),
    leases: async () => here(await remote.leases()),
    async changeLeases({ table, leases, taken, ...change }: LeaseChange) {
      const next = stored({ ...table, leases }).leases
      const by = taken && asStored(taken.by, clone)
      const whole = { ...change, table: stored(table), leases: next }
      return here(await remote.changeLeases(by ? { ...whole, taken: { ...taken, by } } : whole))
    },
    append: (feature, { fence, ...addition }: Addition) =>
      remote.append(feature, fence ? { ...addition, fence: withStoredHolder(fence) } : addition),
    readSince: (feature, version) => remote.readSince(feature, version),
    features: () => remote.features(),
    withTurn: work => remote.withTurn(inTurn => work(withCloneHolders(inTurn, clone))),
    ...(remote.settle && { settle: remote.settle.bind(remote) }),
    ...(remote.watch && { watch: remote.watch.bind(remote) }),
    close: () => remote.close(),
  }
}

function asStored(holder: Holder, { host, name }: ThisClone): Holder {
  if (holder.host !== os.hostname()) return holder
  return { clone: name, ...holder, host, id: `${holder.id}${suffix(host)}` }
}

/** A worktree of this clone has the same host and another name. */
function asHere({ clone, ...holder }: Holder, { host, name }: ThisClone): Holder {
  const where = clone === undefined || clone === name ? {} : { clone: plainName(clone) }
  if (holder.host !== host) return { ...holder, ...where }
  const end = suffix(host)
  const id = holder.id.endsWith(end) ? holder.id.slice(0, -end.length) : holder.id
  return { ...holder, ...where, host: os.hostname(), id }
}

function withHolders(
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
