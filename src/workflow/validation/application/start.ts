import type { Application } from '../../../plan/application.ts'
import { waitUntilReady, type ServiceReadiness } from '../../../runner/readiness.ts'
import type { ProcessEnd } from '../../../runner/run-request.ts'
import { startService, type Service } from '../../../runner/service.ts'
import { runRegistry } from '../../../store/live-runs.ts'
import { newRunLog } from '../../../store/run-logs.ts'
import type { Context } from '../../context/context.ts'
import { newRunId, refuseMissingProgram } from '../../testing/project-command.ts'
import { gateOf, notChecked, type Gate } from '../gate.ts'
import { planLaunch, type Launch, type NoLaunch } from './launch.ts'

/** The result of starting the application. */
export interface StartedApplication {
  gate: Gate
  /** Present if the application is ready. */
  ready?: { service: Service; launch: Launch; origins: string[]; healthyBy: number }
  /** Stops the application with every process that it started. Safe to call at any time. */
  stop: () => Promise<ProcessEnd | undefined>
  missingArtifacts: string[]
  /** Id of the run, whose log has the output. */
  run: string
}

/** Starts the application and waits until it is ready or its time limit is over. */
export async function startGate(
  context: Context,
  application: Application,
): Promise<StartedApplication> {
  const run = newRunId(context.call)
  const launch = await planLaunch(context, application)
  if ('findings' in launch) return notStarted(launch, run)
  const { settings, state, call } = context
  call.note(`starting ${launch.argv.join(' ')}`)
  const service = startService({
    register: runRegistry(context.state, context.call.holder),
    argv: launch.argv,
    cwd: launch.folder,
    env: launch.env,
    secrets: launch.secrets,
    lifetimeMs: settings.limits.timeoutSeconds * 1000,
    maxOutputBytes: settings.limits.outputMegabytes * 1024 * 1024,
    signal: call.signal,
    log: newRunLog(state, run),
  })
  const stop = async () => {
    try {
      return await service.stop()
    } finally {
      launch.temporary?.remove()
    }
  }
  const timeoutMs = readySeconds(context) * 1000
  const startedAt = performance.now()
  const readiness = await waitUntilReady(service, {
    origins: launch.origins,
    port: launch.port,
    line: application.start?.readyLine,
    timeoutMs,
    signal: call.signal,
  })
  const started = { stop, missingArtifacts: [], run }
  if (!readiness.ready) return { ...started, gate: await notReady(launch, readiness, stop) }
  const { origins } = readiness
  const gate = running(launch, origins, readiness.afterMs)
  return { ...started, gate, ready: { service, launch, origins, healthyBy: startedAt + timeoutMs } }
}

function readySeconds({ settings }: Context): number {
  const start = settings.validation?.start
  return start ? start.readySeconds : 60
}

function notStarted(
  { findings, missingArtifacts, undetected }: NoLaunch,
  run: string,
): StartedApplication {
  const gate = undetected
    ? notChecked('start', findings[0] ?? '')
    : gateOf('start', 'not started', { findings })
  return { gate, stop: () => Promise.resolve(undefined), missingArtifacts, run }
}

function running(launch: Launch, origins: readonly string[], afterMs: number): Gate {
  const where = origins.join(' and ')
  const checks = [
    { text: `Command: \`${launch.argv.join(' ')}\``, passed: true },
    { text: `Status: Running on ${where}`, passed: true },
    ...(process.platform === 'linux'
      ? []
      : [{ text: 'Whether it is this program that listens there was not checked', passed: true }]),
  ]
  const summary = `running on ${where} after ${(afterMs / 1000).toFixed(1)} s`
  const gate = gateOf('start', summary, { checks, findings: [], secrets: launch.secrets })
  return { ...gate, command: launch.argv }
}

async function notReady(
  launch: Launch,
  readiness: ServiceReadiness & { ready: false },
  stop: StartedApplication['stop'],
): Promise<Gate> {
  const end = await stop()
  refuseMissingProgram(end)
  const seconds = (readiness.afterMs / 1000).toFixed(0)
  const finding = readiness.ended
    ? describeEnd(end, 'before it was ready')
    : `it ${readiness.waitedFor} within ${seconds} s`
  const checks = [{ text: `Command: \`${launch.argv.join(' ')}\``, passed: false }]
  const result = { checks, findings: [finding], secrets: launch.secrets }
  const gate = gateOf('start', 'did not get ready', result)
  return { ...gate, command: launch.argv, output: end?.output ?? '' }
}

/** How the application ended although nobody stopped it. `when`: such as `before it was ready`. */
export function describeEnd(end: ProcessEnd | undefined, when: string): string {
  if (!end) return `it ended ${when}`
  if (end.end === 'not_started') return end.reason ?? 'it could not be started'
  if (end.end === 'output_limit') {
    const size = Math.round(end.outputBytes / 1024 / 1024)
    return `it printed ${size} MB and was stopped ${when}`
  }
  if (end.end === 'timed_out') return `its time limit was over ${when}`
  if (end.left)
    return `the start command ended ${when} and left processes behind, which were stopped: a start command must stay in the foreground`
  const how = end.signal === null ? `exit code ${end.exitCode}` : `signal ${end.signal}`
  return `it ended ${when} (${how})`
}
