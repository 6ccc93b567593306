import { addressWithin, parseAddress } from '../../../runner/origin.ts'
import { pageLinks, styleSheetLinks } from '../../../runner/page-links.ts'
import type { HttpResponse } from '../../../runner/probe.ts'
import { gateOf, notNeeded, type GateCheck, type Gate } from '../gate.ts'
import type { App } from './app.ts'
import { sendRequest } from './request.ts'

/** Checks that the first page is served, and everything that it references. */
export async function assetsGate(app: App): Promise<Gate> {
  const { frontend } = app.application
  if (frontend === false) return notNeeded('assets', 'the settings say that it has no pages')
  const path = new URL(frontend ?? '/', app.pages).href
  const request = { method: 'GET', path, headers: { accept: 'text/html,*/*' } }
  const page = await sendRequest(app, request, ANY_BODY)
  const isPage = page.answer !== undefined && isHtml(page.answer)
  const isBroken = (page.answer?.status ?? 0) >= 500
  if (frontend === undefined && !isBroken && !(isPage && page.failures.length === 0)) {
    // No page is defined, so this may be an API, for which any answer is fine.
    app.signs.notFound = []
    return notNeeded('assets', 'it has no pages: none is defined, and / is not one')
  }
  const isUndefinedPage = frontend === undefined && isBroken
  if (!isUndefinedPage) app.frontend = path
  const text = page.text.replace(path, new URL(path).pathname)
  if (isUndefinedPage) page.failures.push(NO_PAGES_HINT)
  const notHtml = page.failures.length === 0 && !isPage ? ['is not HTML'] : []
  const failures = [...page.failures, ...notHtml]
  if (failures.length > 0 || !page.answer) return gateFor(app, { text, failures }, [])
  const { visible, assets, base } = pageLinks(page.answer.text)
  const isEmpty = visible === 0 && !page.answer.text.includes('<script')
  app.signs.emptyPage = isEmpty
  const from = parseAddress(base ?? '', page.answer.url.href) ?? page.answer.url
  const fetched = await fetchAll(app, assets, from)
  return gateFor(app, { text, failures: isEmpty ? ['is empty and has no script'] : [] }, fetched)
}

const NO_PAGES_HINT =
  'ends in a server error; if the application has no pages, a human sets "frontend": false under validation in redgreen.config.json'

const ANY_BODY = { contains: [], json: [] }

function isHtml({ headers }: HttpResponse & { end: 'answered' }): boolean {
  return /html/i.test(headers['content-type'] ?? '')
}

/** A fetched page or asset. `text`: the request and its status; `failures` complete a sentence that begins with the request. */
interface Fetched {
  text: string
  failures: string[]
}

function gateFor(app: App, page: Fetched, assets: readonly Fetched[]): Gate {
  const all = [page, ...assets]
  const checks: GateCheck[] = all.map(({ text, failures }) => ({
    text,
    passed: failures.length === 0,
  }))
  const findings = all.flatMap(({ text, failures }) =>
    failures.map(failure => `${text.split(' → ')[0]} ${failure}`),
  )
  const served = checks.filter(({ passed }) => passed).length
  const summary = `${served} of ${checks.length} served: the page and ${assets.length} assets`
  return gateOf('assets', summary, { checks, findings, secrets: app.secrets })
}

/** Fetches the assets of a page, and those that its style sheets reference. */
async function fetchAll(app: App, addresses: readonly string[], from: URL): Promise<Fetched[]> {
  const fetched: Fetched[] = []
  const known = new Set<string>()
  const open = addresses.map(address => ({ address, from }))
  for (const { address, from } of open) {
    const url = addressWithin(app.origins, address, from.href)
    // An address outside the application is reported by the console gate and never requested.
    if (!url || known.has(url.href) || known.size >= MAX_ASSETS) continue
    known.add(url.href)
    const { asset, styles } = await fetchOne(app, url)
    fetched.push(asset)
    open.push(...styles.map(style => ({ address: style, from: url })))
  }
  return fetched
}

const MAX_ASSETS = 200

async function fetchOne(app: App, url: URL): Promise<{ asset: Fetched; styles: string[] }> {
  const request = { method: 'GET', path: url.href, headers: {} }
  const { text, failures, answer } = await sendRequest(app, request, ANY_BODY)
  const type = answer?.headers['content-type'] ?? ''
  const isAsset = /\.(m?js|css|png|jpe?g|gif|webp|woff2?|ico)$/i.test(url.pathname)
  // A server that answers every path with the first page hides that the file does not exist.
  const fallback = isAsset && failures.length === 0 && /html/i.test(type) ? [FALLBACK] : []
  if (fallback.length > 0) app.signs.notFound.push(url.pathname)
  const styles =
    failures.length === 0 && /css/i.test(type) ? styleSheetLinks(answer?.text ?? '') : []
  const shortText = text.replace(url.href, url.pathname + url.search)
  return { asset: { text: shortText, failures: [...failures, ...fallback] }, styles }
}

const FALLBACK = 'is answered with a page (text/html) instead of the file'
