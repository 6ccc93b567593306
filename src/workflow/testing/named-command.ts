import type { RunRecord } from '../../evidence/event-parts.ts'
import { runProcess, type ProcessEnd } from '../../runner/run.ts'
import type { Context } from '../context/context.ts'
import { measuredLines } from './measurements.ts'
import { runOptions } from './run-options.ts'

/** Runs a command of the settings in the workspace, within the limits; its output goes to the log of run `id`. */
export async function runNamed(context: Context, argv: string[], id: string): Promise<ProcessEnd> {
  context.call.note(`running ${argv.join(' ')}`)
  const end = await runProcess({ argv, cwd: context.workspace.root, ...runOptions(context, id) })
  // Whoever takes a call back is shown nothing, and nothing is recorded of it: no gate failed.
  context.call.signal.throwIfAborted()
  return end
}

/** A run of a named command as the ledger keeps it. */
export function checkRunRecord(
  id: string,
  name: string,
  argv: string[],
  end: ProcessEnd,
): RunRecord {
  const { exitCode, durationMs, outputSha256 } = end
  const measured = measuredLines(end.output)
  return {
    id,
    command: argv,
    cwd: '',
    exitCode,
    durationMs,
    framework: `check ${name}`,
    // The whole of it is in the log.
    output: end.output.trimEnd().split('\n').slice(-LAST).join('\n'),
    outputSha256,
    ...(measured.length > 0 && { measured }),
  }
}

const LAST = 30
