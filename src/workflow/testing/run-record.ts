import type { RunRecord } from '../../evidence/event-parts.ts'
import { measuredLines } from './measurements.ts'
import type { Outcome } from '../../evidence/outcome.ts'

/** A run as the ledger keeps it. `cwd`: where it ran, relative to the workspace. */
export function testRunRecord(id: string, outcome: Outcome, cwd: string): RunRecord {
  const { command, exitCode, durationMs, framework, outputSha256 } = outcome
  const output = lastLines(outcome.output)
  const measured = measuredLines(outcome.output)
  return {
    id,
    command,
    cwd,
    exitCode,
    durationMs,
    framework,
    output,
    outputSha256,
    ...(measured.length > 0 && { measured }),
    ...(outcome.exitCodeOnly && { exitCodeOnly: true }),
  }
}

/** The last lines that say something: the frames of stacks and what there is none of are in the log. */
function lastLines(output: string): string {
  const lines = output.split('\n').filter(line => line.trim() !== '' && !SILENT.test(line))
  return lines.slice(-LAST).join('\n')
}

const SILENT = /^\s+at |^ℹ (suites|duration_ms|(cancelled|skipped|todo) 0$)/

const LAST = 12
