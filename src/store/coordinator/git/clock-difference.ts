import os from 'node:os'
import { readClocks, type ClockReading } from '../../leases/expiry.ts'
import { StoreUnreachable } from '../coordinator.ts'
import type { SharedState } from './shared-state.ts'

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
  const { wall, machine } = readClocks()
  const host = os.hostname()
  return { at: wall.toISOString(), machine: machine ?? host, host }
}

/** Throws `StoreUnreachable` if another machine wrote the state at a time that has not come yet here. */
export function checkClocks({ written }: SharedState): void {
  const here = writtenNow()
  if (!written || written.machine === here.machine) return
  const ahead = Date.parse(written.at) - Date.parse(here.at)
  if (ahead > CLOCK_MARGIN_MS)
    throw new StoreUnreachable(
      `the clock of ${written.host}, which wrote to it last, is ${Math.round(ahead / 60_000)} minutes ahead of the clock here; ` +
        'they may differ by 2 minutes, so set the one that is wrong',
    )
}
