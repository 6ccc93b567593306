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
  const standby = await standbys.take(found.command, request.files.length)
  const { selection: words } = found
  const started = run.signal?.aborted
    ? undefined
    : standby?.start({ words, report: request.report })
  if (!started) standby?.end()
  return started
}

/** Starts the runner for a later run like this one, if that can run in a process that waits for it. */
export async function prepareStandby(
  run: TestRunRequest,
  request: TestRequest,
  command: TestCommand,
): Promise<void> {
  const found = standbyFor(run, request, command)
  if (found) await standbys.prepare(found.command, run.register)
}

function standbyFor(
  run: TestRunRequest,
  request: TestRequest,
  command: TestCommand,
): { command: StandbyCommand; selection: string[] } | undefined {
  const parts = run.framework.standby?.(request)
  if (!parts) return undefined
  const { env, scriptEnv } = variablesOf(run, request, command)
  const options = (scriptEnv['NODE_OPTIONS'] ?? '').split(/\s+/).filter(option => option !== '')
  if (!options.every(parts.allows)) return undefined
  // It gets the path of its report later.
  const { [REPORT_VARIABLE]: _report, ...known } = env
  const { selection, allows: _allows, ...start } = parts
  const { cwd, root } = request
  return { command: { ...start, cwd, root, env: known, scriptEnv }, selection }
}
