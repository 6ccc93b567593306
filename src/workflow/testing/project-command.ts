import { randomBytes } from 'node:crypto'
import process from 'node:process'
import type { RunRecord } from '../../evidence/event-parts.ts'
import { runProcess } from '../../runner/run.ts'
import type { ProcessEnd, RunRequest } from '../../runner/run-request.ts'
import { runRegistry } from '../../store/live-runs.ts'
import { pruneRunLogs, newRunLog } from '../../store/run-logs.ts'
import { wasStopped } from '../../store/run-notes.ts'
import type { Call } from '../context/call.ts'
import type { Context } from '../context/context.ts'
import { Refusal } from '../context/refusal.ts'
import { commandRunRecord } from './run-record.ts'

/** A project command that has ended. */
export interface CommandResult {
  /** It ended with exit code 0. */
  passed: boolean
  /** How it ended, such as `exit code 1`. */
  ending: string
  /** The last lines that it printed, or why it was not started. */
  output: string
  /** Everything that it printed, up to a limit. */
  all: string
  run: RunRecord
}

/** Runs a command of the project, such as its linter, in the workspace or in a checkout. It rejects if the call is cancelled. */
export async function runCommand(
  context: Context,
  name: string,
  argv: string[],
  root = context.workspace.root,
): Promise<CommandResult> {
  const { call } = context
  const id = newRunId(call)
  call.note(`running ${argv.join(' ')}`)
  const parts: string[] = []
  let length = 0
  const onOutput = (text: string) => {
    length += text.length
    if (length <= MAX_OUTPUT_LENGTH) parts.push(text)
  }
  const end = await runProcess({ argv, cwd: root, ...runOptions(context, id), onOutput })
  // A cancelled command did not fail: nothing about it may be shown or recorded.
  call.signal.throwIfAborted()
  refuseStopped(context, id)
  refuseMissingProgram(end)
  return {
    passed: end.end === 'exited' && end.exitCode === 0,
    ending: endingOf(end),
    output: end.reason ?? end.output,
    all: parts.join(''),
    run: commandRunRecord(id, name, argv, end),
  }
}

const MAX_OUTPUT_LENGTH = 8 * 1024 * 1024

/** A run that a human stopped on the page says nothing about the work. */
export function refuseStopped({ state }: Context, id: string | undefined): void {
  if (id === undefined || !wasStopped(state, id)) return
  throw new Refusal(
    'crashed',
    'A human stopped the run on the live page, so nothing was judged or recorded.',
    'Ask them why before you call the tool again.',
  )
}

/** A missing program says nothing about the work, so the step is refused and the check does not count as failed. */
export function refuseMissingProgram(end: Pick<ProcessEnd, 'end' | 'reason'> | undefined): void {
  if (end?.end !== 'not_started' || !/was not found/.test(end.reason ?? '')) return
  throw new Refusal(
    'no_command',
    `${end.reason} Nothing was judged, and no attempt was used. It was looked for in PATH: ${process.env['PATH'] ?? ''}.`,
    'Install it, start the server with a PATH that has it, or ask a human to name its full path in redgreen.config.json.',
  )
}

function endingOf({ end, exitCode, signal, reason }: ProcessEnd): string {
  if (end === 'exited') return signal === null ? `exit code ${exitCode}` : `signal ${signal}`
  return reason ?? ENDINGS[end]
}

const ENDINGS = {
  timed_out: 'it exceeded the time limit',
  output_limit: 'it exceeded the output limit',
  cancelled: 'it was cancelled',
  not_started: 'it could not be started',
} satisfies Record<Exclude<ProcessEnd['end'], 'exited'>, string>

type RunOptions = Required<
  Pick<RunRequest, 'timeoutMs' | 'maxOutputBytes' | 'signal' | 'log' | 'register'>
>

/** The options that all runs of a call have in common. With an id, the whole output is written to the log of that run. */
export function runOptions({ call, settings, state, key }: Context, id?: string): RunOptions {
  pruneRunLogs(state)
  return {
    timeoutMs: settings.limits.timeoutSeconds * 1000,
    maxOutputBytes: settings.limits.outputMegabytes * 1024 * 1024,
    signal: call.signal,
    log: id === undefined ? undefined : newRunLog(state, id),
    register: runRegistry(state, call.holder, { feature: key, log: id }),
  }
}

/** An id for a run. The first run of a call uses the id that the call has announced to the client, if there is one. */
export function newRunId(call: Call): string {
  return call.firstRun?.() ?? randomBytes(6).toString('hex')
}
