import type { RunRecord } from '../../evidence/event-parts.ts'
import { resourceUri } from '../context/resource-uri.ts'
import type { Context } from '../context/context.ts'

/** A run as an answer tells it: what was executed, how it ended, and what it printed. */
export interface RunSummary {
  command: string[]
  exitCode: number | null
  /** The last lines, as they were printed. */
  output: string
  /** URI of all of it. */
  log: string
}

/** A recorded run, told with its last lines: a model pays for every one, and the rest is in the log. */
export function runSummary({ plan }: Context, run: RunRecord, lines = 12): RunSummary {
  const { command, exitCode, id } = run
  const output = run.output.trimEnd().split('\n').slice(-lines).join('\n')
  return { command, exitCode, output, log: resourceUri(plan.feature, `runs/${id}`) }
}
