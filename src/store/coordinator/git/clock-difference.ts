import os from 'node:os'
import { countOf } from '../../../plan/format-list.ts'
import { readClocks, type ClockReading } from '../../leases/expiry.ts'
import { StoreUnreachable } from '../coordinator.ts'
import type { Revision, SharedState } from './shared-state.ts'

/**
 * How far the clocks of two machines may differ, in milliseconds. A remote has no clock that git shows. So each machine decides by its own
 * whether another machine's lease has expired, and waits this much longer.
 */
const CLOCK_MARGIN_MS = 120_000

/** The clocks of this machine, for leases of machines whose clocks may differ. */
export function clocksWithMargin(): ClockReading {
  return { ...readClocks(), margin: CLOCK_MARGIN_MS }
}

/** Who writes a state, and when. */
export function writtenNow(): NonNullable<SharedState['written']> {
  const { wall } = readClocks()
  return { at: wall.toISOString(), machine: thisMachine(), host: os.hostname() }
}

function thisMachine(): string {
  return readClocks().machine ?? os.hostname()
}

/**
 * Compares the clock here with those of other machines. What another machine wrote between two readings has to have a time between them.
 * What was written before the first reading says nothing: its machine can be gone, and would stop everybody.
 */
export class ClockComparison {
  #last: { commit: string; up: number } | undefined
  /** The time since the start of this machine when the latest commit was not there yet, and when it was. */
  #seen: { commit: string; after: number; before: number } | undefined

  /** Notes what was read. Throws `StoreUnreachable` if the clocks differ too much. */
  check({ commit, state: { written } }: Revision, now: Pick<ClockReading, 'wall' | 'up'>): void {
    if (this.#last && this.#last.commit !== commit)
      this.#seen = { commit, after: this.#last.up, before: now.up }
    this.#last = { commit, up: now.up }
    if (!written || written.machine === thisMachine() || this.#seen?.commit !== commit) return
    // By the current wall clock, which may have been set since.
    const wallAt = (up: number) => now.wall.getTime() - (now.up - up)
    const at = Date.parse(written.at)
    const difference = Math.max(at - wallAt(this.#seen.before), wallAt(this.#seen.after) - at)
    if (difference > CLOCK_MARGIN_MS) throw differing(written.host, difference, at)
  }
}

function differing(host: string, difference: number, at: number): StoreUnreachable {
  const minutes = countOf(Math.round(difference / 60_000), 'minute')
  return new StoreUnreachable(
    `the clock here and that of ${host}, which wrote to it just now at ${new Date(at).toISOString()}, differ by ${minutes} ` +
      'or more. Set the one that is wrong: they may differ by 2 minutes',
  )
}
