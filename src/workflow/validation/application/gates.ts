import { knownFailures, type KnownFailure, type Signs } from './known-failure.ts'
import type { Application } from '../../../plan/application.ts'
import { openBrowser, type OpenBrowser } from '../../../runner/browser.ts'
import type { ProcessEnd } from '../../../runner/run.ts'
import { plannedApplication } from '../../../store/planned-application.ts'
import { resourceUri } from '../../context/resource-uri.ts'
import type { Context } from '../../context/context.ts'
import { createScreenshots, type Screenshots } from './screenshots.ts'
import { assetsGate } from './assets.ts'
import { consoleGate } from './console.ts'
import { endpointsGate } from './endpoints.ts'
import { flowsGate } from './flows.ts'
import { gateOf, notChecked, notNeeded, type Gate, type GateName } from '../gate.ts'
import { healthGate } from './health.ts'
import { pagesOf } from './launch.ts'
import { needsApplication } from '../../context/needs-application.ts'
import { endedReason, type App } from './app.ts'
import { endFact, startGate, type StartedApplication } from './start.ts'

/** What was seen of the application at work. */
export interface ApplicationSeen {
  gates: Gate[]
  known: KnownFailure[]
  screenshots: Screenshots['pictures']
  /** Why there are no such gates at all. */
  leftOut?: string
}

/** Starts the application, goes through its gates, and stops it with everything that came with it. */
export async function seeApplication(context: Context): Promise<ApplicationSeen> {
  const needed = needsApplication(context)
  const planned = context.dialect.production?.(context.reader, context.plan).application
  const application = plannedApplication(context.settings.validation, planned)
  const none = { known: [], screenshots: [] }
  if (application === false)
    return {
      ...none,
      gates: NAMES.map(name => notNeeded(name, 'the settings say that nothing is to start')),
    }
  if (!application && !needed) return { ...none, gates: [], leftOut: NOTHING_SAID }
  return seeStarted(context, application ?? NOTHING_NAMED, needed)
}

const NAMES: readonly GateName[] = ['start', 'health', 'endpoints', 'assets', 'flows', 'console']
const NOTHING_SAID =
  'The application was not started: nothing under validation in redgreen.config.json says how.'
const NOTHING_NAMED: Application = { endpoints: [], flows: [], callers: [] }

async function seeStarted(
  context: Context,
  application: Application,
  needed: boolean,
): Promise<ApplicationSeen> {
  const started = await startGate(context, application)
  const screenshots = createScreenshots(context.state, started.run)
  const app = started.ready && createApp(context, application, started.ready, screenshots)
  let ended: string | undefined
  let gates: Gate[] = []
  let end: ProcessEnd | undefined
  try {
    gates = app ? await goThrough(app, needed) : []
    ended = app && endedReason(app)
  } finally {
    await app?.closeBrowser()
    end = await started.stop()
  }
  context.call.signal.throwIfAborted()
  const start = withEnd(context, started, end, ended !== undefined)
  const rest = app ? gates : NAMES.slice(1).map(name => notChecked(name, 'it was not running'))
  const all = [start, ...rest]
  const passed = all.every(gate => gate.passed)
  const signs = signsOf(context, started, app, end, ended !== undefined)
  return {
    gates: all,
    known: passed ? [] : knownFailures(signs),
    screenshots: screenshots.pictures,
  }
}

/** An application that ends by itself was started all right, and did not stay. */
function withEnd(
  context: Context,
  started: StartedApplication,
  end: ProcessEnd | undefined,
  ended: boolean,
): Gate {
  const { gate } = started
  const log = `Log: ${resourceUri(context.plan.feature, `runs/${started.run}`)}`
  const checks = end ? [...gate.checks, { text: log, passed: true }] : gate.checks
  if (!ended) return { ...gate, checks, ...(!gate.passed && end && { output: end.output }) }
  const findings = [...gate.findings, endFact(end, 'while it was looked at')]
  const seen = { checks, findings, secrets: started.ready?.launch.secrets ?? [] }
  return { ...gateOf('start', 'did not stay up', seen), output: end?.output ?? '' }
}

async function goThrough(app: App, needed: boolean): Promise<Gate[]> {
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
    trouble: [],
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
  ended: boolean,
): Signs {
  const notFound = [...new Set(app?.signs.notFound)]
  return {
    output: end?.output ?? '',
    notFound,
    present: notFound.flatMap(path => presentFiles(path, file => reader.exists(file))),
    missingArtifacts: started.missingArtifacts,
    emptyPage: app?.signs.emptyPage ?? false,
    crossOrigin: app?.signs.crossOrigin ?? [],
    ended: ended || !started.gate.passed,
  }
}

/** Where projects keep what they serve. */
const SERVED = ['', 'public', 'static', 'dist', 'build', 'out', 'www', 'web', 'site']
const PARTS = ['', 'frontend', 'client', 'web', 'app', 'server', 'src']

function presentFiles(path: string, exists: (file: string) => boolean): string[] {
  const file = path.endsWith('/') ? `${path}index.html` : path
  const places = PARTS.flatMap(part =>
    SERVED.map(folder => [part, folder].filter(Boolean).join('/')),
  )
  return [...new Set(places.map(place => `${place}${file}`.replace(/^\//, '')))].filter(exists)
}
