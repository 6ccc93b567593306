import type { RunRecord } from '../../evidence/event-parts.ts'
import type { Outcome } from '../../evidence/outcome.ts'
import type { ProcessEnd } from '../../runner/run.ts'
import type { Context } from '../context/context.ts'
import { resourceUri } from '../context/resource-uri.ts'
import { measuredLines } from './measurements.ts'
import { countOf } from '../../plan/format-list.ts'

/** A run of tests as the ledger records it. `cwd`: the folder that it ran in, relative to the workspace. */
export function testRunRecord(id: string, outcome: Outcome, cwd: string): RunRecord {
  const { command, framework, exitCodeOnly, warm } = outcome
  const relevant = outcome.output
    .split('\n')
    .filter(line => line.trim() !== '' && !IRRELEVANT.test(line))
  return {
    ...runRecord(id, outcome, relevant.slice(-TEST_LINES).map(shortened)),
    command,
    cwd,
    framework,
    ...(exitCodeOnly && { exitCodeOnly: true }),
    ...(warm && { warm: true }),
  }
}

/** Stack frames, and what the summary of `node --test` counts as 0. */
const IRRELEVANT = /^\s+at |^ℹ (suites|duration_ms|(cancelled|skipped|todo) 0$)/

const TEST_LINES = 12

/** The beginning of a long line, such as a page that a test compares. The log has the whole line. */
function shortened(line: string): string {
  const left = line.length - MAX_LINE
  return left > 0 ? `${line.slice(0, MAX_LINE)}… (${countOf(left, 'more character')})` : line
}

const MAX_LINE = 240

/** A run of a project command as the ledger records it. */
export function commandRunRecord(
  id: string,
  name: string,
  argv: string[],
  end: ProcessEnd,
): RunRecord {
  const lines = end.output.trimEnd().split('\n').slice(-COMMAND_LINES)
  return { ...runRecord(id, end, lines), command: argv, cwd: '', framework: `check ${name}` }
}

const COMMAND_LINES = 30

/** The last lines are recorded. The log has the whole output. */
function runRecord(
  id: string,
  ended: Pick<RunRecord, 'exitCode' | 'durationMs' | 'output' | 'outputSha256'>,
  lastLines: readonly string[],
): Omit<RunRecord, 'command' | 'cwd' | 'framework'> {
  const { exitCode, durationMs, outputSha256 } = ended
  const measured = measuredLines(ended.output)
  return {
    id,
    exitCode,
    durationMs,
    output: lastLines.join('\n'),
    outputSha256,
    ...(measured.length > 0 && { measured }),
  }
}

/** A run as an answer shows it. */
export interface RunSummary {
  command: string[]
  exitCode: number | null
  /** The last lines, as they were printed. */
  output: string
  /** URI of the whole output. */
  log: string
}

/** A recorded run with its last lines. They are few because a model pays for each of them. */
export function runSummary({ plan }: Context, run: RunRecord, lines = 12): RunSummary {
  const { command, exitCode, id } = run
  const output = run.output.trimEnd().split('\n').slice(-lines).join('\n')
  return { command, exitCode, output, log: resourceUri(plan.feature, `runs/${id}`) }
}
