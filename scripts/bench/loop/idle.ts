import { setTimeout as delay } from 'node:timers/promises'
import { descendants } from '../peers/start.ts'
import { processorTimeOf } from '../server.ts'

/**
 * Waits until a server and what it started use no processor time. An assistant needs some seconds to write a test or code;
 * what the server prepares meanwhile must not slow down what is measured next.
 */
export async function untilIdle(pid: number): Promise<void> {
  let before = -1
  for (let quiet = 0, looks = 0; quiet < QUIET && looks < MAX_CHECKS; looks += 1) {
    await delay(100)
    const used = [pid, ...descendants(pid)].reduce((sum, one) => sum + processorTimeOf(one), 0)
    quiet = used === before ? quiet + 1 : 0
    before = used
  }
}

/** How many looks in a row have to see nothing, and how many there are at most. */
const QUIET = 4
const MAX_CHECKS = 200
