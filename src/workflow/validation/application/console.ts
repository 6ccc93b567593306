import type { OpenPage } from '../../../runner/browser-page.ts'
import { firstErrorLine, type PageProblem } from '../../../runner/page-problems.ts'
import { parseAddress } from '../../../runner/origin.ts'
import { gateOf, notChecked, notNeeded, type GateCheck, type Gate } from '../gate.ts'
import { endedReason, type App } from './app.ts'
import { countOf } from '../../../plan/format-list.ts'

/** Checks in a real browser that the first page and the pages of flows run without errors and get everything they request. */
export async function consoleGate(app: App): Promise<Gate> {
  const { frontend } = app
  if (frontend === undefined && app.pageProblems.length === 0 && !hasPageSteps(app))
    return notNeeded('console', 'it has no pages')
  const browser = await app.browser()
  if ('missing' in browser) return notChecked('console', `${browser.missing}${NO_PAGES_HINT}`)
  const ended = endedReason(app)
  if (ended !== undefined) return notChecked('console', ended)
  const openFailure =
    frontend === undefined ? undefined : await openFirstPage(app, await browser.open(), frontend)
  collectSigns(app)
  const findings = [
    ...(openFailure === undefined ? [] : [openFailure]),
    ...app.pageProblems.filter(isFailure).map(describeProblem),
  ]
  const outside = app.pageProblems.filter(({ kind }) => kind === 'outside').map(describeProblem)
  const checks: GateCheck[] = [
    ...app.screenshots.pictures.map(({ name }) => ({ text: `Screenshot: ${name}`, passed: true })),
    ...[...new Set(outside)].map(text => ({ text, passed: true })),
  ]
  const summary = findings.length === 0 ? 'no errors' : countOf(findings.length, 'error')
  return gateOf('console', summary, {
    checks,
    findings: [...new Set(findings)],
    secrets: app.secrets,
  })
}

const NO_PAGES_HINT = '; if the application has no pages, a human sets "frontend": false'

function hasPageSteps({ application }: App): boolean {
  return application.flows.some(({ steps }) => steps.some(({ does }) => does === 'goto'))
}

/** Opens the page, takes a screenshot and collects its problems. Returns why it could not be opened, if it could not. */
async function openFirstPage(
  app: App,
  page: OpenPage,
  address: string,
): Promise<string | undefined> {
  const { pathname } = new URL(address)
  try {
    await page.goto(new URL(address))
    app.screenshots.keep(pathname === '/' ? 'first page' : pathname, await page.screenshot())
    return undefined
  } catch (error) {
    return `${pathname} could not be opened (${firstErrorLine(error)})`
  } finally {
    app.pageProblems.push(...page.problems().map(problem => ({ ...problem, page: pathname })))
    await page.close()
  }
}

/** Some statuses are normal: a page may ask whether the user is logged in, or send input that the application rejects. */
function isFailure({ kind, status }: PageProblem): boolean {
  return kind !== 'outside' && !(kind === 'request' && NORMAL_STATUSES.includes(status ?? 0))
}

const NORMAL_STATUSES = [400, 401, 403, 409, 422]

function describeProblem({
  kind,
  text,
  address = '',
  page,
}: PageProblem & { page: string }): string {
  const url = parseAddress(address)
  if (kind === 'outside')
    return `Not requested, because it is outside the application: ${url?.origin ?? address}`
  if (kind === 'request') return `on ${page}: ${url?.pathname ?? address} ${text}`
  return `on ${page}: ${kind === 'exception' ? 'uncaught error' : 'console error'}: ${text}`
}

function collectSigns({ pageProblems, signs }: App): void {
  for (const { kind, text, status, address = '' } of pageProblems) {
    if (/CORS policy|Access-Control-Allow-Origin/i.test(text)) signs.crossOrigin.push(text)
    if (kind === 'request' && status === 404) signs.notFound.push(new URL(address).pathname)
  }
}
