import { randomBytes } from 'node:crypto'
import type { RunRequest } from '../../runner/run.ts'
import { registerOf } from '../../store/live-runs.ts'
import { pruneRunLogs, runLogFile } from '../../store/run-logs.ts'
import type { Call } from '../context/call.ts'
import type { Context } from '../context/context.ts'

type RunOptions = Required<
  Pick<RunRequest, 'timeoutMs' | 'maxOutputBytes' | 'signal' | 'log' | 'register'>
>

/** What every run of a step has in common: limits, an end with its call, a record of its processes, and a log of run `id`. */
export function runOptions({ call, settings, state }: Context, id?: string): RunOptions {
  pruneRunLogs(state)
  return {
    timeoutMs: settings.limits.timeoutSeconds * 1000,
    maxOutputBytes: settings.limits.outputMegabytes * 1024 * 1024,
    signal: call.signal,
    log: id === undefined ? undefined : runLogFile(state, id),
    register: registerOf(state),
  }
}

/** A name for a run; the first one of a call is known to those who wait for it. */
export function newRunId(call: Call): string {
  return call.firstRun?.() ?? randomBytes(6).toString('hex')
}
