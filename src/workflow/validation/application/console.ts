import { firstErrorLine, type OpenPage, type PageProblem } from '../../../runner/browser.ts'
import { parseAddress } from '../../../runner/origin.ts'
import { gateOf, notChecked, notNeeded, type GateCheck, type Gate } from '../gate.ts'
import { endedReason, type App } from './app.ts'

/** In a real browser the first page, and all pages of flows, run without errors and get all that they ask for. */
export async function consoleGate(app: App): Promise<Gate> {
  const { frontend } = app
  if (frontend === undefined && app.trouble.length === 0 && !hasPageSteps(app))
    return notNeeded('console', 'it has no pages')
  const browser = await app.browser()
  if ('missing' in browser) return notChecked('console', `${browser.missing}${CURE}`)
  const ended = endedReason(app)
  if (ended !== undefined) return notChecked('console', ended)
  const opened =
    frontend === undefined ? undefined : await look(app, await browser.open(), frontend)
  const troubles = app.trouble.filter(isWrong)
  noteSigns(app)
  const findings = [...(opened === undefined ? [] : [opened]), ...troubles.map(tell)]
  const elsewhere = app.trouble.filter(({ kind }) => kind === 'outside').map(tell)
  const checks: GateCheck[] = [
    ...app.screenshots.pictures.map(({ name }) => ({ text: `Screenshot: ${name}`, passed: true })),
    ...[...new Set(elsewhere)].map(text => ({ text, passed: true })),
  ]
  const summary = findings.length === 0 ? 'no errors' : `${findings.length} errors`
  return gateOf('console', summary, {
    checks,
    findings: [...new Set(findings)],
    secrets: app.secrets,
  })
}

const CURE = '; where there are no pages, a person says so with "frontend": false'

function hasPageSteps({ application }: App): boolean {
  return application.flows.some(({ steps }) => steps.some(({ does }) => does === 'goto'))
}

/** What keeps the page from being opened, if anything; the rest is found among its trouble. */
async function look(app: App, page: OpenPage, address: string): Promise<string | undefined> {
  const place = new URL(address).pathname
  try {
    await page.goto(new URL(address))
    app.screenshots.keep(place === '/' ? 'first page' : place, await page.screenshot())
    return undefined
  } catch (error) {
    return `${place} could not be opened (${firstErrorLine(error)})`
  } finally {
    app.trouble.push(...page.problems().map(one => ({ ...one, page: place })))
    await page.close()
  }
}

/** A page may well ask whether somebody is signed in, or send what is refused. */
function isWrong({ kind, status }: PageProblem): boolean {
  return kind !== 'outside' && !(kind === 'request' && EXPECTED.includes(status ?? 0))
}

const EXPECTED = [400, 401, 403, 409, 422]

function tell({ kind, text, address = '', page }: PageProblem & { page: string }): string {
  const url = parseAddress(address)
  if (kind === 'outside')
    return `Not called, because it is not the application: ${url?.origin ?? address}`
  if (kind === 'request') return `on ${page}: ${url?.pathname ?? address} ${text}`
  return `on ${page}: ${kind === 'exception' ? 'uncaught error' : 'console error'}: ${text}`
}

function noteSigns({ trouble, signs }: App): void {
  for (const { kind, text, status, address = '' } of trouble) {
    if (/CORS policy|Access-Control-Allow-Origin/i.test(text)) signs.crossOrigin.push(text)
    if (kind === 'request' && status === 404) signs.notFound.push(new URL(address).pathname)
  }
}
