import type { Application } from '../../../plan/application.ts'
import { waitUntilReady, type ServiceReadiness } from '../../../runner/readiness.ts'
import type { ProcessEnd } from '../../../runner/run.ts'
import { registerOf } from '../../../store/live-runs.ts'
import { runLogFile } from '../../../store/run-logs.ts'
import { startService, type Service } from '../../../runner/service.ts'
import type { Context } from '../../context/context.ts'
import { gateOf, notChecked, type Gate } from '../gate.ts'
import { newRunId } from '../../testing/project-command.ts'
import { planLaunch, type Launch, type NoLaunch } from './launch.ts'

/** An application that was started, or why it was not. */
export interface StartedApplication {
  gate: Gate
  /** Only when it is ready. */
  ready?: { service: Service; launch: Launch; origins: string[]; healthyBy: number }
  /** Ends what was started and everything that came with it; safe to call at any time. */
  stop: () => Promise<ProcessEnd | undefined>
  missingArtifacts: string[]
  /** Id of its log. */
  run: string
}

/** Starts the application and waits, within its time, until it can be spoken to. */
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
    register: registerOf(context.state),
    argv: launch.argv,
    cwd: launch.folder,
    env: launch.env,
    secrets: launch.secrets,
    lifetimeMs: settings.limits.timeoutSeconds * 1000,
    maxOutputBytes: settings.limits.outputMegabytes * 1024 * 1024,
    signal: call.signal,
    log: runLogFile(state, run),
  })
  const stop = async () => {
    try {
      return await service.stop()
    } finally {
      launch.temporary?.remove()
    }
  }
  const withinMs = readySeconds(context) * 1000
  const begun = performance.now()
  const readiness = await waitUntilReady(service, {
    origins: launch.origins,
    port: launch.port,
    line: application.start?.readyLine,
    timeoutMs: withinMs,
    signal: call.signal,
  })
  const started = { stop, missingArtifacts: [], run }
  if (!readiness.ready) return { ...started, gate: await unready(launch, readiness, stop) }
  const { origins } = readiness
  const gate = running(launch, origins, readiness.afterMs)
  return { ...started, gate, ready: { service, launch, origins, healthyBy: begun + withinMs } }
}

function readySeconds({ settings }: Context): number {
  const start = settings.validation?.start
  return start ? start.readySeconds : 60
}

function notStarted({ findings, missingArtifacts }: NoLaunch, run: string): StartedApplication {
  const unknown = findings.length === 1 && findings[0]?.startsWith('Nothing says')
  const gate = unknown
    ? notChecked('start', findings[0] ?? '')
    : gateOf('start', 'not started', { findings })
  return { gate, stop: () => Promise.resolve(undefined), missingArtifacts, run }
}

function running(launch: Launch, origins: readonly string[], afterMs: number): Gate {
  const where = origins.join(' and ')
  const checks = [
    { text: `Command: \`${launch.argv.join(' ')}\``, passed: true },
    { text: `Status: Running on ${where}`, passed: true },
  ]
  const summary = `running on ${where} after ${(afterMs / 1000).toFixed(1)} s`
  const gate = gateOf('start', summary, { checks, findings: [], secrets: launch.secrets })
  return { ...gate, command: launch.argv }
}

async function unready(
  launch: Launch,
  readiness: ServiceReadiness & { ready: false },
  stop: StartedApplication['stop'],
): Promise<Gate> {
  const end = await stop()
  const seconds = (readiness.afterMs / 1000).toFixed(0)
  const fact = readiness.ended
    ? endFact(end, 'before it was ready')
    : `it ${readiness.waitedFor} within ${seconds} s`
  const checks = [{ text: `Command: \`${launch.argv.join(' ')}\``, passed: false }]
  const seen = { checks, findings: [fact], secrets: launch.secrets }
  const gate = gateOf('start', 'did not get ready', seen)
  return { ...gate, command: launch.argv, output: end?.output ?? '' }
}

/** How it ended, where nobody asked it to. */
export function endFact(end: ProcessEnd | undefined, when: string): string {
  if (!end) return `it ended ${when}`
  if (end.end === 'not_started') return end.reason ?? 'it could not be started'
  if (end.end === 'output_limit') {
    const size = Math.round(end.outputBytes / 1024 / 1024)
    return `it printed ${size} MB and was ended ${when}`
  }
  if (end.end === 'timed_out') return `its time was over ${when}`
  if (end.left)
    return `the start command ended ${when} and left processes behind, which were ended: a start command has to stay in the foreground`
  const how = end.signal === null ? `exit code ${end.exitCode}` : `signal ${end.signal}`
  return `it ended ${when} (${how})`
}
