import os from 'node:os'
import { performance } from 'node:perf_hooks'
import { readClocks, type ClockReading } from '../../leases/expiry.ts'

/**
 * The database's time: that of the latest answer, and what this machine measured since. So the clocks of all servers of a project agree
 * as well as answers travel fast, whatever the clocks of their machines show.
 */
export class DatabaseClock {
  #answered: { wall: number; at: number } | undefined

  /** Notes the time that an answer contains, in milliseconds. */
  set(wall: number): void {
    this.#answered = { wall, at: performance.now() }
  }

  /** There are no starts of a machine that all servers share, so leases end by the wall clock. */
  read(): ClockReading {
    const { wall, at } = this.#answered ?? {}
    if (wall === undefined || at === undefined) return { ...readClocks(), machine: undefined }
    const now = new Date(wall + performance.now() - at)
    return { wall: now, machine: undefined, up: os.uptime() * 1000 }
  }
}
