import os from 'node:os'
import { bootId } from './holder.ts'

/**
 * How long a claim binds. A wall clock may be set forward or back while a task is worked on; the time since the machine
 * was started cannot. So on the machine that gave the lease the second counts, and elsewhere there is only the first.
 */
export interface Lease {
  /** By the wall clock. */
  until: string
  /** By the clock of the machine that gave it. */
  machine?: { id: string; until: number } | undefined
}

/** This moment by both clocks. */
export interface ClockReading {
  wall: Date
  /** Names this start of this machine; `undefined` where the system does not tell one start from another. */
  machine: string | undefined
  /** Since that start, milliseconds. */
  up: number
}

/** This moment. */
export function readClocks(): ClockReading {
  const boot = bootId()
  // Containers of one machine have their own names, and may have their own uptime.
  const machine = boot === '' ? undefined : `${os.hostname()} ${boot}`
  return { wall: new Date(), machine, up: os.uptime() * 1000 }
}

/** A lease that begins now. */
export function startLease(minutes: number, { wall, machine, up }: ClockReading): Lease {
  const ms = minutes * 60_000
  const until = new Date(wall.getTime() + ms).toISOString()
  return machine === undefined ? { until } : { until, machine: { id: machine, until: up + ms } }
}

/** Has it run out? */
export function isExpired({ until, machine }: Lease, now: ClockReading): boolean {
  if (machine && machine.id === now.machine) return machine.until <= now.up
  return until <= now.wall.toISOString()
}
