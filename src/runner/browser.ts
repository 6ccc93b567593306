import { randomUUID } from 'node:crypto'
import process from 'node:process'
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core'
import type { PageTarget } from '../plan/application.ts'
import { findBrowser } from './browser-path.ts'
import type { SharedCookie } from './cookies.ts'
import { childEnvironment } from './environment.ts'
import { forget, remember } from './live-runs.ts'
import { isWithin, parseAddress, type Origins } from './origin.ts'
import { openOriginProxy } from './origin-proxy.ts'
import { endTree } from './process-tree.ts'

/** The only door to playwright-core, which is loaded at the first page that has to be looked at. */

export interface BrowserRequest {
  origins: Origins
  /** Path of the program; without it the machine's own Chromium or Chrome. */
  program?: string | undefined
  selfSigned: boolean
  /** For each step on a page. */
  timeoutMs: number
}

/** A real browser that reaches the started application and nothing else. */
export interface OpenBrowser {
  /** A page of its own, without the cookies of any other. */
  open(): Promise<OpenPage>
  close(): Promise<void>
}

export interface OpenPage {
  goto(url: URL): Promise<void>
  click(target: PageTarget): Promise<void>
  fill(target: PageTarget, value: string): Promise<void>
  /** Waits for a text to be seen. */
  expectText(text: string, target?: PageTarget): Promise<void>
  cookies(): Promise<SharedCookie[]>
  /** These instead of its own. */
  setCookies(cookies: readonly SharedCookie[]): Promise<void>
  /** As PNG. */
  screenshot(): Promise<Buffer>
  trouble(): Trouble[]
  close(): Promise<void>
}

/** What went wrong on a page, whoever made it. */
export interface Trouble {
  kind: 'console' | 'exception' | 'request' | 'outside'
  text: string
  status?: number
  address?: string
}

/** Starts the browser, or says what is missing for it. */
export async function openBrowser(
  request: BrowserRequest,
): Promise<OpenBrowser | { missing: string }> {
  const playwright = await import('playwright-core').catch(() => undefined)
  if (!playwright)
    return { missing: 'the package playwright-core is not installed beside redgreen-mcp' }
  const program = findBrowser(request.program)
  if (program === undefined)
    return { missing: `no browser was found${request.program ? ` at ${request.program}` : ''}` }
  const proxy = await openOriginProxy(request.origins)
  const run = randomUUID()
  const tree = { pid: 0, run }
  remember(tree)
  const end = async () => {
    proxy.close()
    await endTree(tree, 0)
    forget(tree)
  }
  try {
    const browser = await playwright.chromium.launch({
      executablePath: program,
      headless: true,
      proxy: { server: proxy.url, bypass: '<-loopback>' },
      env: childEnvironment(process.env, {}, run),
      // Our own clean-up ends it with everything else.
      handleSIGINT: false,
      handleSIGTERM: false,
      handleSIGHUP: false,
      timeout: LAUNCH_MS,
    })
    return {
      open: () => openPage(browser, request),
      async close() {
        await browser.close().catch(() => {})
        await end()
      },
    }
  } catch (error) {
    await end()
    return { missing: `${program} could not be started (${firstErrorLine(error)})` }
  }
}

const LAUNCH_MS = 30_000
const SCREEN = { width: 1280, height: 800 }

async function openPage(browser: Browser, request: BrowserRequest): Promise<OpenPage> {
  const context = await browser.newContext({
    viewport: SCREEN,
    ignoreHTTPSErrors: request.selfSigned,
    serviceWorkers: 'block',
  })
  context.setDefaultTimeout(request.timeoutMs)
  const trouble = listenTo(context, request.origins)
  const page = await context.newPage()
  const at = (target: PageTarget) => locate(page, target)
  return {
    async goto(url) {
      await page.goto(url.href, { waitUntil: 'load' })
      await settle(page)
    },
    async click(target) {
      await at(target).click()
      await settle(page)
    },
    fill: (target, value) => fillIn(page, target, value),
    async expectText(text, target) {
      const place = target ? at(target) : page.locator('body')
      await place
        .getByText(text)
        .or(place.filter({ hasText: text }))
        .first()
        .waitFor()
    },
    cookies: () => context.cookies(),
    async setCookies(cookies) {
      await context.clearCookies()
      await context.addCookies(cookies.map(cookie => ({ ...cookie })))
    },
    screenshot: () => page.screenshot({ type: 'png' }),
    trouble: () => [...trouble],
    close: () => context.close(),
  }
}

/** Scripts that run after the page is loaded have a moment to fail; a page that never rests is not waited for. */
async function settle(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle', { timeout: REST_MS }).catch(() => {})
}

const REST_MS = 3000

/** Everything that goes wrong, on whatever page of the context. */
function listenTo(context: BrowserContext, origins: Origins): Trouble[] {
  const trouble: Trouble[] = []
  const add = (one: Trouble) => {
    if (trouble.length < MOST) trouble.push(one)
  }
  const isOwn = (address: string) => {
    const url = parseAddress(address)
    return url !== undefined && (!/^(http|ws)/.test(url.protocol) || isWithin(origins, url))
  }
  context.on('console', message => {
    const text = message.text()
    // The failed request itself is told with its status.
    if (message.type() !== 'error' || text.startsWith('Failed to load resource')) return
    add({ kind: 'console', text })
  })
  context.on('weberror', error => add({ kind: 'exception', text: firstErrorLine(error.error()) }))
  context.on('requestfailed', request => {
    const address = request.url()
    const text = request.failure()?.errorText ?? 'failed'
    // A page that is left takes its open requests along.
    if (text === 'net::ERR_ABORTED') return
    add({ kind: isOwn(address) ? 'request' : 'outside', text, address })
  })
  context.on('response', response => {
    const [status, address] = [response.status(), response.url()]
    // Browsers ask for this by themselves.
    if (status < 400 || new URL(address).pathname === '/favicon.ico') return
    if (isOwn(address)) add({ kind: 'request', text: `answered ${status}`, status, address })
    else add({ kind: 'outside', text: 'was not let through', address })
  })
  return trouble
}

const MOST = 200

function locate(page: Page, target: PageTarget): Locator {
  if ('selector' in target) return page.locator(target.selector).first()
  const { label } = target
  const named = page
    .getByRole('button', { name: label })
    .or(page.getByRole('link', { name: label }))
  return named.or(page.getByText(label, { exact: true })).first()
}

async function fillIn(page: Page, target: PageTarget, value: string): Promise<void> {
  if ('selector' in target) return page.locator(target.selector).first().fill(value)
  const { label } = target
  const field = page.getByLabel(label).or(page.getByPlaceholder(label))
  await field
    .or(page.locator(`[name=${JSON.stringify(label)}]`))
    .first()
    .fill(value)
}

/** Errors of pages and of the browser in a line. */
export function firstErrorLine(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error)
  return text.split('\n')[0]?.trim() ?? ''
}
