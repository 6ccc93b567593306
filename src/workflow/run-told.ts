import type { RunRecord } from '../evidence/event.ts'
import { addressOf } from './address.ts'
import type { Desk } from './desk.ts'

/** A run as an answer tells it: what was executed, how it ended, and what it printed. */
export interface RunTold {
  command: string[]
  exitCode: number | null
  /** The last lines, as they were printed. */
  output: string
  /** URI of all of it. */
  log: string
}

/** A recorded run, told. */
export function runToldOf({ plan }: Desk, run: RunRecord): RunTold {
  const { command, exitCode, output, id } = run
  return {
    command,
    exitCode,
    output: lastLines(output),
    log: addressOf(plan.feature, `runs/${id}`),
  }
}

/** A model pays for every line; the rest is in the log. */
function lastLines(output: string): string {
  return output.trimEnd().split('\n').slice(-LAST).join('\n')
}

const LAST = 12
