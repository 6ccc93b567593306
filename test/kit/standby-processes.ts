import { readFileSync } from 'node:fs'
import { processesIn } from './descendants.ts'

/** Ids of the test runners that wait in a folder, or that run its tests after they waited; Linux only. */
export function runningStandbys(folder: string): number[] {
  return processesIn(folder).filter(pid => commandOf(pid).includes('-standby.'))
}

/** Ids of the processes that wait for the start of a test file in a folder; Linux only. */
export function heldProcesses(folder: string): number[] {
  return processesIn(folder).filter(pid => commandOf(pid).includes('-gate.'))
}

function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'latin1')
  } catch {
    // It has ended.
    return ''
  }
}
