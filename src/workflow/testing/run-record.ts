import type { RunRecord } from '../../evidence/event-parts.ts'
import type { Outcome } from '../../evidence/outcome.ts'
import type { ProcessEnd } from '../../runner/run-request.ts'
import type { Context } from '../context/context.ts'
import { resourceUri } from '../context/resource-uri.ts'
import { measuredLines } from './measurements.ts'
import { countOf } from '../../plan/format-list.ts'

/** A run of tests as the ledger records it. `cwd`: the folder that it ran in, relative to the workspace. */
export function testRunRecord(id: string, outcome: Outcome, cwd: string): RunRecord {
  const { command, framework, exitCodeOnly, warm } = outcome
  const relevant = outcome.output.split('\n').filter(isRelevant)
  return {
    ...runRecord(id, outcome, relevant.slice(-TEST_LINES).map(shortened)),
    command,
    cwd,
    framework,
    ...(exitCodeOnly && { exitCodeOnly: true }),
    ...(warm && { warm: true }),
  }
}

function isRelevant(line: string, at: number, lines: readonly string[]): boolean {
  if (line.trim() === '' || IRRELEVANT.test(line) || ERROR_FIELD.test(line)) return false
  return line.trim() !== '}' || !ERROR_FIELD.test(lines[at - 1] ?? '')
}

/** Stack frames, and what the summary of `node --test` counts as 0. */
const IRRELEVANT = /^\s+at |^ℹ (suites|duration_ms|(cancelled|skipped|todo) 0$)/

/** Fields that `node --test` prints for an AssertionError in addition to its message and values. */
const ERROR_FIELD =
  /^\s+(generatedMessage: (true|false)|code: 'ERR_ASSERTION'|(operator|diff): '\w+'),?$/

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
  lines: readonly string[],
): Omit<RunRecord, 'command' | 'cwd' | 'framework'> {
  const { exitCode, durationMs, outputSha256 } = ended
  const measured = measuredLines(ended.output)
  return {
    id,
    exitCode,
    durationMs,
    output: lines.join('\n'),
    outputSha256,
    ...(measured.length > 0 && { measured }),
  }
}

/** A run as an answer shows it. */
export interface RunSummary {
  /** Without the arguments that name the server's own reporter. */
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
  const output = lastLines(run.output, lines)
  return {
    command: shownCommand(command),
    exitCode,
    output,
    log: resourceUri(plan.feature, `runs/${id}`),
  }
}

/** The last lines of a recorded output. */
export function lastLines(output: string, count: number): string {
  return output.trimEnd().split('\n').slice(-count).join('\n')
}

/**
 * The command as a reader can repeat it: without the arguments that name the server's own reporter, which are most of a command. The
 * ledger has all arguments.
 */
export function shownCommand(command: readonly string[]): string[] {
  return command.filter(word => !OWN_REPORTER.test(word))
}

/** `node --test` needs a destination for each reporter, so all of them go. */
const OWN_REPORTER = /^--test-reporter(-destination)?=|^--reporters?=.*\{redgreen\}/
