import type { Answer } from '../../../runner/probe.ts'
import { addressWithin, parseAddress } from '../../../runner/origin.ts'
import { linksOf, linksOfStyles } from '../../../runner/page-links.ts'
import { ask } from './request.ts'
import { gateOf, notNeeded, type Check, type Gate } from '../gate.ts'
import type { Scene } from './app.ts'

/** The first page is served, and so is everything that it needs to be shown. */
export async function assetsGate(scene: Scene): Promise<Gate> {
  const { frontend } = scene.application
  if (frontend === false) return notNeeded('assets', 'the settings say that it has no pages')
  const path = new URL(frontend ?? '/', scene.pages).href
  const request = { method: 'GET', path, headers: { accept: 'text/html,*/*' } }
  const page = await ask(scene, request, NOTHING)
  const isPage = page.answer !== undefined && isHtml(page.answer)
  if (frontend === undefined && !(isPage && page.wrong.length === 0)) {
    // Nobody has said that there is one: an interface without pages answers this as it likes.
    scene.signs.notFound = []
    return notNeeded('assets', 'it has no pages: nothing names one, and / is none')
  }
  scene.frontend = path
  const told = page.told.replace(path, new URL(path).pathname)
  const notPage = page.wrong.length === 0 && !isPage ? ['is no HTML'] : []
  const wrong = [...page.wrong, ...notPage]
  if (wrong.length > 0 || !page.answer) return shown(scene, [], told, wrong)
  const { visible, assets, base } = linksOf(page.answer.text)
  const empty = visible === 0 && !page.answer.text.includes('<script')
  scene.signs.emptyPage = empty
  const from = parseAddress(base ?? '', page.answer.url.href) ?? page.answer.url
  const seen = await fetchAll(scene, assets, from)
  return shown(scene, seen, told, empty ? ['has nothing to see, and no script'] : [])
}

const NOTHING = { contains: [], json: [] }

function isHtml({ headers }: Answer & { end: 'answered' }): boolean {
  return /html/i.test(headers['content-type'] ?? '')
}

interface Asset {
  told: string
  wrong: string[]
}

function shown(
  scene: Scene,
  assets: readonly Asset[],
  page: string,
  wrong: readonly string[],
): Gate {
  const checks: Check[] = [
    { text: page, passed: wrong.length === 0 },
    ...assets.map(({ told, wrong }) => ({ text: told, passed: wrong.length === 0 })),
  ]
  const findings = [
    ...wrong.map(one => `${page.split(' → ')[0]} ${one}`),
    ...assets.flatMap(({ told, wrong }) => wrong.map(one => `${told.split(' → ')[0]} ${one}`)),
  ]
  const served = checks.filter(({ passed }) => passed).length
  const summary = `${served} of ${checks.length} served: the page and ${assets.length} assets`
  return gateOf('assets', summary, { checks, findings, secrets: scene.secrets })
}

/** Fetches what a page names, and what its style sheets name in turn. */
async function fetchAll(scene: Scene, addresses: readonly string[], from: URL): Promise<Asset[]> {
  const seen: Asset[] = []
  const known = new Set<string>()
  const open = addresses.map(address => ({ address, from }))
  for (const { address, from } of open) {
    const url = addressWithin(scene.origins, address, from.href)
    // What lies elsewhere is named by the console gate, and never called.
    if (!url || known.has(url.href) || known.size >= MOST) continue
    known.add(url.href)
    const { asset, styles } = await fetchOne(scene, url)
    seen.push(asset)
    open.push(...styles.map(style => ({ address: style, from: url })))
  }
  return seen
}

const MOST = 200

async function fetchOne(scene: Scene, url: URL): Promise<{ asset: Asset; styles: string[] }> {
  const place = url.pathname + url.search
  const request = { method: 'GET', path: url.href, headers: {} }
  const { told, wrong, answer } = await ask(scene, request, NOTHING)
  const type = answer?.headers['content-type'] ?? ''
  const isCode = /\.(m?js|css|png|jpe?g|gif|webp|woff2?|ico)$/i.test(url.pathname)
  // A server that answers every path with the first page hides that the file is not there.
  const instead = isCode && wrong.length === 0 && /html/i.test(type) ? [INSTEAD] : []
  if (instead.length > 0) scene.signs.notFound.push(url.pathname)
  const styles = wrong.length === 0 && /css/i.test(type) ? linksOfStyles(answer?.text ?? '') : []
  const asset = { told: told.replace(url.href, place), wrong: [...wrong, ...instead] }
  return { asset, styles }
}

const INSTEAD = 'is answered with a page (text/html) in place of the file'
