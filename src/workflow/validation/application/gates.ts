import type { Application } from '../../../plan/application.ts'
import { openBrowser, type OpenBrowser } from '../../../runner/browser.ts'
import type { ProcessEnd } from '../../../runner/run-request.ts'
import type { Context } from '../../context/context.ts'
import { applicationOf, needsApplication } from '../../context/needs-application.ts'
import { resourceUri } from '../../context/resource-uri.ts'
import { gateOf, notChecked, notNeeded, type Gate, type GateName } from '../gate.ts'
import { endedReason, type App } from './app.ts'
import { assetsGate } from './assets.ts'
import { consoleGate } from './console.ts'
import { endpointsGate } from './endpoints.ts'
import { flowsGate } from './flows.ts'
import { healthGate } from './health.ts'
import { knownFailures, type KnownFailure, type Signs } from './known-failure.ts'
import { pagesOf } from './launch.ts'
import { createScreenshots, type Screenshots } from './screenshots.ts'
import { describeEnd, startGate, type StartedApplication } from './start.ts'

/** The result of checking the running application. */
export interface ApplicationResult {
  gates: Gate[]
  known: KnownFailure[]
  screenshots: Screenshots['pictures']
  /** Why there are no gates, if there are none. */
  leftOut?: string
}

/** Starts the application, checks its gates, and stops it with every process that it started. */
export async function checkApplication(context: Context): Promise<ApplicationResult> {
  const needed = needsApplication(context)
  const application = applicationOf(context)
  const none = { known: [], screenshots: [] }
  if (application === false)
    return {
      ...none,
      gates: GATE_NAMES.map(name => notNeeded(name, 'the settings say that nothing is to start')),
    }
  if (!application && !needed) return { ...none, gates: [], leftOut: NOT_DESCRIBED }
  return startAndCheck(context, application ?? EMPTY_APPLICATION, needed)
}

const GATE_NAMES: readonly GateName[] = [
  'start',
  'health',
  'endpoints',
  'assets',
  'flows',
  'console',
]
const NOT_DESCRIBED =
  'The application was not started: redgreen.config.json does not describe one under validation.'
const EMPTY_APPLICATION: Application = { endpoints: [], flows: [], callers: [] }

async function startAndCheck(
  context: Context,
  application: Application,
  needed: boolean,
): Promise<ApplicationResult> {
  const started = await startGate(context, application)
  const screenshots = createScreenshots(context.state, started.run)
  const app = started.ready && createApp(context, application, started.ready, screenshots)
  let endedEarly = false
  let gates: Gate[] = []
  let end: ProcessEnd | undefined
  try {
    gates = app ? await checkGates(app, needed) : []
    endedEarly = app !== undefined && endedReason(app) !== undefined
  } finally {
    await app?.closeBrowser()
    end = await started.stop()
  }
  context.call.signal.throwIfAborted()
  const start = startGateAtEnd(context, started, end, endedEarly)
  const others = app
    ? gates
    : GATE_NAMES.slice(1).map(name => notChecked(name, 'it was not running'))
  const all = [start, ...others]
  const passed = all.every(gate => gate.passed)
  const signs = signsOf(context, started, app, end, endedEarly)
  return {
    gates: all,
    known: passed ? [] : knownFailures(signs),
    screenshots: screenshots.pictures,
  }
}

/** The start gate with its log. It fails if the application started but ended before it was stopped. */
function startGateAtEnd(
  context: Context,
  started: StartedApplication,
  end: ProcessEnd | undefined,
  endedEarly: boolean,
): Gate {
  const { gate } = started
  const log = `Log: ${resourceUri(context.plan.feature, `runs/${started.run}`)}`
  const checks = end ? [...gate.checks, { text: log, passed: true }] : gate.checks
  if (!endedEarly) return { ...gate, checks, ...(!gate.passed && end && { output: end.output }) }
  const findings = [...gate.findings, describeEnd(end, 'while it was checked')]
  const secrets = started.ready?.launch.secrets ?? []
  return {
    ...gateOf('start', 'did not keep running', { checks, findings, secrets }),
    output: end?.output ?? '',
  }
}

async function checkGates(app: App, needed: boolean): Promise<Gate[]> {
  return [
    await healthGate(app),
    await endpointsGate(app),
    await assetsGate(app),
    await flowsGate(app, needed),
    await consoleGate(app),
  ]
}

function createApp(
  context: Context,
  application: Application,
  { service, launch, origins, healthyBy }: NonNullable<StartedApplication['ready']>,
  screenshots: Screenshots,
): App & { closeBrowser(): Promise<void> } {
  const { validation } = context.settings
  const selfSigned = (validation?.start || undefined)?.selfSigned ?? false
  const timeoutMs = (validation?.requestSeconds ?? 10) * 1000
  let browser: Promise<OpenBrowser | { missing: string }> | undefined
  return {
    context,
    application,
    service,
    origins,
    pages: pagesOf(application, origins),
    secrets: launch.secrets,
    selfSigned,
    timeoutMs,
    healthyBy,
    screenshots,
    frontend: undefined,
    pageProblems: [],
    signs: { notFound: [], crossOrigin: [], emptyPage: false },
    browser() {
      const program = validation?.browser
      browser ??= openBrowser({ origins, program, selfSigned, timeoutMs })
      return browser
    },
    async closeBrowser() {
      const open = await browser
      if (open && 'close' in open) await open.close()
    },
  }
}

function signsOf(
  { reader }: Context,
  started: StartedApplication,
  app: App | undefined,
  end: ProcessEnd | undefined,
  endedEarly: boolean,
): Signs {
  const notFound = [...new Set(app?.signs.notFound)]
  return {
    output: end?.output ?? '',
    notFound,
    present: notFound.flatMap(path => filesFor(path, file => reader.exists(file))),
    missingArtifacts: started.missingArtifacts,
    emptyPage: app?.signs.emptyPage ?? false,
    crossOrigin: app?.signs.crossOrigin ?? [],
    ended: endedEarly || !started.gate.passed,
  }
}

/** Folders in which projects keep what they serve, and the parts of a project that may have such folders. */
const SERVED_FOLDERS = ['', 'public', 'static', 'dist', 'build', 'out', 'www', 'web', 'site']
const PROJECT_PARTS = ['', 'frontend', 'client', 'web', 'app', 'server', 'src']

/** The files of the project that a request path may be meant for. */
function filesFor(path: string, exists: (file: string) => boolean): string[] {
  const file = path.endsWith('/') ? `${path}index.html` : path
  const folders = PROJECT_PARTS.flatMap(part =>
    SERVED_FOLDERS.map(folder => [part, folder].filter(Boolean).join('/')),
  )
  return [...new Set(folders.map(folder => `${folder}${file}`.replace(/^\//, '')))].filter(exists)
}
