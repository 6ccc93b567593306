import { firstLine, type OpenPage, type Trouble } from '../../../runner/browser.ts'
import { parseAddress } from '../../../runner/origin.ts'
import { gateOf, notChecked, notNeeded, type Check, type Gate } from '../gate.ts'
import { endedWord, type Scene } from './app.ts'

/** In a real browser the first page, and all pages of flows, run without errors and get all that they ask for. */
export async function consoleGate(scene: Scene): Promise<Gate> {
  const { frontend } = scene
  if (frontend === undefined && scene.trouble.length === 0 && !hasPageSteps(scene))
    return notNeeded('console', 'it has no pages')
  const browser = await scene.browser()
  if ('missing' in browser) return notChecked('console', `${browser.missing}${CURE}`)
  const ended = endedWord(scene)
  if (ended !== undefined) return notChecked('console', ended)
  const opened =
    frontend === undefined ? undefined : await look(scene, await browser.open(), frontend)
  const troubles = scene.trouble.filter(isWrong)
  noteSigns(scene)
  const findings = [...(opened === undefined ? [] : [opened]), ...troubles.map(tell)]
  const elsewhere = scene.trouble.filter(({ kind }) => kind === 'outside').map(tell)
  const checks: Check[] = [
    ...scene.album.pictures.map(({ name }) => ({ text: `Screenshot: ${name}`, passed: true })),
    ...[...new Set(elsewhere)].map(text => ({ text, passed: true })),
  ]
  const summary = findings.length === 0 ? 'no errors' : `${findings.length} errors`
  return gateOf('console', summary, {
    checks,
    findings: [...new Set(findings)],
    secrets: scene.secrets,
  })
}

const CURE = '; where there are no pages, a person says so with "frontend": false'

function hasPageSteps({ application }: Scene): boolean {
  return application.flows.some(({ steps }) => steps.some(({ does }) => does === 'goto'))
}

/** What keeps the page from being opened, if anything; the rest is found among its trouble. */
async function look(scene: Scene, page: OpenPage, address: string): Promise<string | undefined> {
  const place = new URL(address).pathname
  try {
    await page.goto(new URL(address))
    scene.album.keep(place === '/' ? 'first page' : place, await page.screenshot())
    return undefined
  } catch (error) {
    return `${place} could not be opened (${firstLine(error)})`
  } finally {
    scene.trouble.push(...page.trouble().map(one => ({ ...one, page: place })))
    await page.close()
  }
}

/** A page may well ask whether somebody is signed in, or send what is refused. */
function isWrong({ kind, status }: Trouble): boolean {
  return kind !== 'outside' && !(kind === 'request' && EXPECTED.includes(status ?? 0))
}

const EXPECTED = [400, 401, 403, 409, 422]

function tell({ kind, text, address = '', page }: Trouble & { page: string }): string {
  const url = parseAddress(address)
  if (kind === 'outside')
    return `Not called, because it is not the application: ${url?.origin ?? address}`
  if (kind === 'request') return `on ${page}: ${url?.pathname ?? address} ${text}`
  return `on ${page}: ${kind === 'exception' ? 'uncaught error' : 'console error'}: ${text}`
}

function noteSigns({ trouble, signs }: Scene): void {
  for (const { kind, text, status, address = '' } of trouble) {
    if (/CORS policy|Access-Control-Allow-Origin/i.test(text)) signs.crossOrigin.push(text)
    if (kind === 'request' && status === 404) signs.notFound.push(new URL(address).pathname)
  }
}
