import os from 'node:os'
import { bootId } from './holder.ts'

/**
 * When a lease expires. A wall clock can be changed while a task is in progress; the time since the start of the machine cannot. So the
 * machine that gave the lease uses its uptime, and other machines use the wall clock.
 */
export interface Lease {
  /** Wall-clock time. */
  until: string
  /** Uptime of the machine that gave it. */
  machine?: { id: string; until: number } | undefined
}

/** The current time of both clocks. */
export interface ClockReading {
  wall: Date
  /** Identifies this start of this machine; `undefined` if the system does not distinguish starts. */
  machine: string | undefined
  /** Milliseconds since that start. */
  up: number
  /** How far the wall clocks of other machines may differ, in milliseconds: their leases are valid this much longer. */
  margin?: number
}

/** Reads both clocks. */
export function readClocks(): ClockReading {
  const boot = bootId()
  // Containers on one machine have their own names and can have their own uptime.
  const machine = boot === '' ? undefined : `${os.hostname()} ${boot}`
  return { wall: new Date(), machine, up: os.uptime() * 1000 }
}

/** A lease that starts now. */
export function startLease(minutes: number, { wall, machine, up }: ClockReading): Lease {
  const ms = minutes * 60_000
  const until = new Date(wall.getTime() + ms).toISOString()
  return machine === undefined ? { until } : { until, machine: { id: machine, until: up + ms } }
}

/** Whether the lease has expired. */
export function isExpired({ until, machine }: Lease, now: ClockReading): boolean {
  if (machine && machine.id === now.machine) return machine.until <= now.up
  return until <= new Date(now.wall.getTime() - (now.margin ?? 0)).toISOString()
}
