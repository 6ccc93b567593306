import type { TestCommand, TestRequest } from '../framework.ts'
import { REPORT_VARIABLE } from '../reporters/writer.ts'
import type { TestRunRequest } from '../run-outcome.ts'
import { variablesOf } from '../run-variables.ts'
import type { StandbyCommand } from './standby-command.ts'
import type { StartedProcess } from './started-process.ts'
import { standbys } from './standbys.ts'

/** The process that waits for such a run, if there is one. */
export async function takeStandby(
  run: TestRunRequest,
  request: TestRequest,
  command: TestCommand,
): Promise<StartedProcess | undefined> {
  const found = standbyFor(run, request, command)
  if (!found) return undefined
  const { selection: words } = found
  const standby =
    (found.withFiles && (await standbys.take(found.withFiles, request.files.length))) ??
    (await standbys.take(found.command, request.files.length))
  const started = run.signal?.aborted
    ? undefined
    : standby?.start({ words, report: request.report })
  if (!started) standby?.end()
  return started
}

/**
 * Starts the runner for a later run like this one, if that can run in a process that waits for it.
 *
 * @param knowsFiles the later run has these files
 */
export async function prepareStandby(
  run: TestRunRequest,
  request: TestRequest,
  command: TestCommand,
  knowsFiles: boolean,
): Promise<void> {
  const found = standbyFor(run, request, command)
  if (!found) return
  const start = (knowsFiles ? found.withFiles : undefined) ?? found.command
  await standbys.prepare(start, run.register)
}

interface PossibleStandby {
  command: StandbyCommand
  /** The same, with the files of the run. */
  withFiles: StandbyCommand | undefined
  selection: string[]
}

function standbyFor(
  run: TestRunRequest,
  request: TestRequest,
  command: TestCommand,
): PossibleStandby | undefined {
  const parts = run.framework.standby?.(request)
  if (!parts) return undefined
  const { env, scriptEnv } = variablesOf(run, request, command)
  const options = (scriptEnv['NODE_OPTIONS'] ?? '').split(/\s+/).filter(option => option !== '')
  if (!options.every(parts.allows)) return undefined
  // It gets the path of its report later.
  const { [REPORT_VARIABLE]: _report, ...known } = env
  const { selection, allows: _allows, withFiles, ...start } = parts
  const { cwd, root } = request
  const general: StandbyCommand = { ...start, cwd, root, env: known, scriptEnv }
  return {
    command: general,
    withFiles: withFiles && { ...general, argv: withFiles, channel: 'stdin' },
    selection,
  }
}
