import { changeLeases } from '../../src/store/coordinator/files.ts'
import { releasing } from '../../src/store/leases/end-lease.ts'
import type { Holder } from '../../src/store/leases/holder.ts'
import { readLeases, type LeaseTable } from '../../src/store/leases/lease-table.ts'
import { noteHeld, taking, type LeaseRequest } from '../../src/store/leases/leases.ts'
import type { State } from '../../src/store/state.ts'
import { Overtaken } from '../../src/store/transaction/sequence.ts'

/** The steps of `takeLease` and `releaseLease` without a pause between them, for simulated disks that decide what happens in between. */

export function takeLeaseNow(
  state: State,
  request: LeaseRequest,
  table: LeaseTable = readLeases(state),
): LeaseTable {
  const taken = changeLeases(state, taking(table, request))
  noteHeld({ project: state.shared }, taken, request)
  return taken
}

export function releaseLeaseNow(state: State, feature: string, task: string, by: Holder): void {
  for (;;) {
    try {
      const change = releasing(readLeases(state), feature, task, by)
      if (change) changeLeases(state, change)
      return
    } catch (error) {
      if (!(error instanceof Overtaken)) throw error
    }
  }
}
