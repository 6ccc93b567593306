import type { HttpResponse } from '../../../runner/probe.ts'
import { addressWithin, parseAddress } from '../../../runner/origin.ts'
import { pageLinks, styleSheetLinks } from '../../../runner/page-links.ts'
import { sendRequest } from './request.ts'
import { gateOf, notNeeded, type GateCheck, type Gate } from '../gate.ts'
import type { App } from './app.ts'

/** The first page is served, and so is everything that it needs to be shown. */
export async function assetsGate(app: App): Promise<Gate> {
  const { frontend } = app.application
  if (frontend === false) return notNeeded('assets', 'the settings say that it has no pages')
  const path = new URL(frontend ?? '/', app.pages).href
  const request = { method: 'GET', path, headers: { accept: 'text/html,*/*' } }
  const page = await sendRequest(app, request, NOTHING)
  const isPage = page.answer !== undefined && isHtml(page.answer)
  if (frontend === undefined && !(isPage && page.wrong.length === 0)) {
    // Nobody has said that there is one: an interface without pages answers this as it likes.
    app.signs.notFound = []
    return notNeeded('assets', 'it has no pages: nothing names one, and / is none')
  }
  app.frontend = path
  const told = page.told.replace(path, new URL(path).pathname)
  const notPage = page.wrong.length === 0 && !isPage ? ['is no HTML'] : []
  const wrong = [...page.wrong, ...notPage]
  if (wrong.length > 0 || !page.answer) return shown(app, [], told, wrong)
  const { visible, assets, base } = pageLinks(page.answer.text)
  const empty = visible === 0 && !page.answer.text.includes('<script')
  app.signs.emptyPage = empty
  const from = parseAddress(base ?? '', page.answer.url.href) ?? page.answer.url
  const seen = await fetchAll(app, assets, from)
  return shown(app, seen, told, empty ? ['has nothing to see, and no script'] : [])
}

const NOTHING = { contains: [], json: [] }

function isHtml({ headers }: HttpResponse & { end: 'answered' }): boolean {
  return /html/i.test(headers['content-type'] ?? '')
}

interface Asset {
  told: string
  wrong: string[]
}

function shown(app: App, assets: readonly Asset[], page: string, wrong: readonly string[]): Gate {
  const checks: GateCheck[] = [
    { text: page, passed: wrong.length === 0 },
    ...assets.map(({ told, wrong }) => ({ text: told, passed: wrong.length === 0 })),
  ]
  const findings = [
    ...wrong.map(one => `${page.split(' → ')[0]} ${one}`),
    ...assets.flatMap(({ told, wrong }) => wrong.map(one => `${told.split(' → ')[0]} ${one}`)),
  ]
  const served = checks.filter(({ passed }) => passed).length
  const summary = `${served} of ${checks.length} served: the page and ${assets.length} assets`
  return gateOf('assets', summary, { checks, findings, secrets: app.secrets })
}

/** Fetches what a page names, and what its style sheets name in turn. */
async function fetchAll(app: App, addresses: readonly string[], from: URL): Promise<Asset[]> {
  const seen: Asset[] = []
  const known = new Set<string>()
  const open = addresses.map(address => ({ address, from }))
  for (const { address, from } of open) {
    const url = addressWithin(app.origins, address, from.href)
    // What lies elsewhere is named by the console gate, and never called.
    if (!url || known.has(url.href) || known.size >= MOST) continue
    known.add(url.href)
    const { asset, styles } = await fetchOne(app, url)
    seen.push(asset)
    open.push(...styles.map(style => ({ address: style, from: url })))
  }
  return seen
}

const MOST = 200

async function fetchOne(app: App, url: URL): Promise<{ asset: Asset; styles: string[] }> {
  const place = url.pathname + url.search
  const request = { method: 'GET', path: url.href, headers: {} }
  const { told, wrong, answer } = await sendRequest(app, request, NOTHING)
  const type = answer?.headers['content-type'] ?? ''
  const isCode = /\.(m?js|css|png|jpe?g|gif|webp|woff2?|ico)$/i.test(url.pathname)
  // A server that answers every path with the first page hides that the file is not there.
  const instead = isCode && wrong.length === 0 && /html/i.test(type) ? [INSTEAD] : []
  if (instead.length > 0) app.signs.notFound.push(url.pathname)
  const styles = wrong.length === 0 && /css/i.test(type) ? styleSheetLinks(answer?.text ?? '') : []
  const asset = { told: told.replace(url.href, place), wrong: [...wrong, ...instead] }
  return { asset, styles }
}

const INSTEAD = 'is answered with a page (text/html) in place of the file'
