import { knownFailures, type KnownFailure, type Signs } from './known-failure.ts'
import type { Application } from '../../../plan/application.ts'
import { openBrowser, type OpenBrowser } from '../../../runner/browser.ts'
import type { ProcessEnd } from '../../../runner/run.ts'
import { plannedApplication } from '../../../store/planned-application.ts'
import { addressOf } from '../../context/resource-uri.ts'
import type { Desk } from '../../context/context.ts'
import { newAlbum, type Album } from './screenshots.ts'
import { assetsGate } from './assets.ts'
import { consoleGate } from './console.ts'
import { endpointsGate } from './endpoints.ts'
import { flowsGate } from './flows.ts'
import { gateOf, notChecked, notNeeded, type Gate, type GateName } from '../gate.ts'
import { healthGate } from './health.ts'
import { pagesOf } from './launch.ts'
import { needsApplication } from '../../context/needs-application.ts'
import { endedWord, type Scene } from './app.ts'
import { endFact, startGate, type Started } from './start.ts'

/** What was seen of the application at work. */
export interface ApplicationSeen {
  gates: Gate[]
  known: KnownFailure[]
  screenshots: Album['pictures']
  /** Why there are no such gates at all. */
  leftOut?: string
}

/** Starts the application, goes through its gates, and stops it with everything that came with it. */
export async function seeApplication(desk: Desk): Promise<ApplicationSeen> {
  const needed = needsApplication(desk)
  const planned = desk.dialect.production?.(desk.shelf, desk.plan).application
  const application = plannedApplication(desk.settings.validation, planned)
  const none = { known: [], screenshots: [] }
  if (application === false)
    return {
      ...none,
      gates: NAMES.map(name => notNeeded(name, 'the settings say that nothing is to start')),
    }
  if (!application && !needed) return { ...none, gates: [], leftOut: NOTHING_SAID }
  return seeStarted(desk, application ?? NOTHING_NAMED, needed)
}

const NAMES: readonly GateName[] = ['start', 'health', 'endpoints', 'assets', 'flows', 'console']
const NOTHING_SAID =
  'The application was not started: nothing under validation in redgreen.config.json says how.'
const NOTHING_NAMED: Application = { endpoints: [], flows: [], callers: [] }

async function seeStarted(
  desk: Desk,
  application: Application,
  needed: boolean,
): Promise<ApplicationSeen> {
  const started = await startGate(desk, application)
  const album = newAlbum(desk.state, started.run)
  const scene = started.ready && sceneOf(desk, application, started.ready, album)
  let ended: string | undefined
  let gates: Gate[] = []
  let end: ProcessEnd | undefined
  try {
    gates = scene ? await goThrough(scene, needed) : []
    ended = scene && endedWord(scene)
  } finally {
    await scene?.closeBrowser()
    end = await started.stop()
  }
  desk.call.signal.throwIfAborted()
  const start = withEnd(desk, started, end, ended !== undefined)
  const rest = scene ? gates : NAMES.slice(1).map(name => notChecked(name, 'it was not running'))
  const all = [start, ...rest]
  const passed = all.every(gate => gate.passed)
  const signs = signsOf(desk, started, scene, end, ended !== undefined)
  return { gates: all, known: passed ? [] : knownFailures(signs), screenshots: album.pictures }
}

/** An application that ends by itself was started all right, and did not stay. */
function withEnd(desk: Desk, started: Started, end: ProcessEnd | undefined, ended: boolean): Gate {
  const { gate } = started
  const log = `Log: ${addressOf(desk.plan.feature, `runs/${started.run}`)}`
  const checks = end ? [...gate.checks, { text: log, passed: true }] : gate.checks
  if (!ended) return { ...gate, checks, ...(!gate.passed && end && { output: end.output }) }
  const findings = [...gate.findings, endFact(end, 'while it was looked at')]
  const seen = { checks, findings, secrets: started.ready?.launch.secrets ?? [] }
  return { ...gateOf('start', 'did not stay up', seen), output: end?.output ?? '' }
}

async function goThrough(scene: Scene, needed: boolean): Promise<Gate[]> {
  return [
    await healthGate(scene),
    await endpointsGate(scene),
    await assetsGate(scene),
    await flowsGate(scene, needed),
    await consoleGate(scene),
  ]
}

function sceneOf(
  desk: Desk,
  application: Application,
  { service, launch, origins, healthyBy }: NonNullable<Started['ready']>,
  album: Album,
): Scene & { closeBrowser(): Promise<void> } {
  const { validation } = desk.settings
  const selfSigned = (validation?.start || undefined)?.selfSigned ?? false
  const timeoutMs = (validation?.requestSeconds ?? 10) * 1000
  let browser: Promise<OpenBrowser | { missing: string }> | undefined
  return {
    desk,
    application,
    service,
    origins,
    pages: pagesOf(application, origins),
    secrets: launch.secrets,
    selfSigned,
    timeoutMs,
    healthyBy,
    album,
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
  { shelf }: Desk,
  started: Started,
  scene: Scene | undefined,
  end: ProcessEnd | undefined,
  ended: boolean,
): Signs {
  const notFound = [...new Set(scene?.signs.notFound)]
  return {
    output: end?.output ?? '',
    notFound,
    present: notFound.flatMap(path => presentFiles(path, file => shelf.exists(file))),
    missingArtifacts: started.missingArtifacts,
    emptyPage: scene?.signs.emptyPage ?? false,
    crossOrigin: scene?.signs.crossOrigin ?? [],
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
