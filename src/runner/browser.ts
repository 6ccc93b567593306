import { randomUUID } from 'node:crypto'
import process from 'node:process'
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core'
import type { PageTarget } from '../plan/application.ts'
import { findBrowser } from './browser-path.ts'
import type { SharedCookie } from './cookies.ts'
import { childEnvironment } from './environment.ts'
import { trackTree, untrackTree } from './live-runs.ts'
import { isWithin, parseAddress, type Origins } from './origin.ts'
import { openOriginProxy } from './origin-proxy.ts'
import { endTree } from './process-tree.ts'

/** The only module that uses playwright-core. The package is optional and is loaded when the first page has to be opened. */

export interface BrowserRequest {
  origins: Origins
  /** Path of the browser; without it, the first Chromium, Chrome or Edge that is found on the machine. */
  program?: string | undefined
  /** Accept certificates that no authority signed. */
  selfSigned: boolean
  /** Time limit of each step on a page. */
  timeoutMs: number
}

/** A real browser that can reach the started application and nothing else. */
export interface OpenBrowser {
  /** Opens a page in a new context, so that it shares no cookies with other pages. */
  open(): Promise<OpenPage>
  close(): Promise<void>
}

export interface OpenPage {
  goto(url: URL): Promise<void>
  click(target: PageTarget): Promise<void>
  fill(target: PageTarget, value: string): Promise<void>
  /** Waits until the text is visible, within the target if one is given. */
  expectText(text: string, target?: PageTarget): Promise<void>
  cookies(): Promise<SharedCookie[]>
  /** Replaces all cookies of the page. */
  setCookies(cookies: readonly SharedCookie[]): Promise<void>
  /** As PNG. */
  screenshot(): Promise<Buffer>
  problems(): PageProblem[]
  close(): Promise<void>
}

/**
 * Something that went wrong on a page. `console`: a script logged an error; `exception`: a script threw; `request`: a request
 * to the application failed; `outside`: the page asked for an address outside the application, which was blocked.
 */
export interface PageProblem {
  kind: 'console' | 'exception' | 'request' | 'outside'
  text: string
  status?: number
  address?: string
}

/** Starts the browser, or returns what is missing to start it. */
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
  trackTree(tree)
  const end = async () => {
    proxy.close()
    await endTree(tree, 0)
    untrackTree(tree)
  }
  try {
    const browser = await playwright.chromium.launch({
      executablePath: program,
      headless: true,
      proxy: { server: proxy.url, bypass: '<-loopback>' },
      env: childEnvironment(process.env, {}, run),
      // `live-runs.ts` ends the browser with every other process.
      handleSIGINT: false,
      handleSIGTERM: false,
      handleSIGHUP: false,
      timeout: LAUNCH_TIMEOUT_MS,
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

const LAUNCH_TIMEOUT_MS = 30_000
const VIEWPORT = { width: 1280, height: 800 }

async function openPage(browser: Browser, request: BrowserRequest): Promise<OpenPage> {
  const context = await browser.newContext({
    viewport: VIEWPORT,
    ignoreHTTPSErrors: request.selfSigned,
    serviceWorkers: 'block',
  })
  context.setDefaultTimeout(request.timeoutMs)
  const problems = recordProblems(context, request.origins)
  const page = await context.newPage()
  return {
    async goto(url) {
      await page.goto(url.href, { waitUntil: 'load' })
      await waitForIdle(page)
    },
    async click(target) {
      await locate(page, target).click()
      await waitForIdle(page)
    },
    fill: (target, value) => fillIn(page, target, value),
    async expectText(text, target) {
      const container = target ? locate(page, target) : page.locator('body')
      await container
        .getByText(text)
        .or(container.filter({ hasText: text }))
        .first()
        .waitFor()
    },
    cookies: () => context.cookies(),
    async setCookies(cookies) {
      await context.clearCookies()
      await context.addCookies(cookies.map(cookie => ({ ...cookie })))
    },
    screenshot: () => page.screenshot({ type: 'png' }),
    problems: () => [...problems],
    close: () => context.close(),
  }
}

/** Gives scripts that run after the page has loaded time to fail. A page that never becomes idle is not an error. */
async function waitForIdle(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle', { timeout: IDLE_TIMEOUT_MS }).catch(() => {})
}

const IDLE_TIMEOUT_MS = 3000

/** Returns a list that grows with every problem on any page of the context. */
function recordProblems(context: BrowserContext, origins: Origins): PageProblem[] {
  const problems: PageProblem[] = []
  const add = (problem: PageProblem) => {
    if (problems.length < MAX_PROBLEMS) problems.push(problem)
  }
  const isOwn = (address: string) => {
    const url = parseAddress(address)
    return url !== undefined && (!/^(http|ws)/.test(url.protocol) || isWithin(origins, url))
  }
  context.on('console', message => {
    const text = message.text()
    // The `response` and `requestfailed` events report the same request with more detail.
    if (message.type() !== 'error' || text.startsWith('Failed to load resource')) return
    add({ kind: 'console', text })
  })
  context.on('weberror', error => add({ kind: 'exception', text: firstErrorLine(error.error()) }))
  context.on('requestfailed', request => {
    const address = request.url()
    const text = request.failure()?.errorText ?? 'failed'
    // Leaving a page aborts its open requests, which is no error.
    if (text === 'net::ERR_ABORTED') return
    add({ kind: isOwn(address) ? 'request' : 'outside', text, address })
  })
  context.on('response', response => {
    const [status, address] = [response.status(), response.url()]
    // Browsers request the icon even if no page refers to it.
    if (status < 400 || new URL(address).pathname === '/favicon.ico') return
    if (isOwn(address)) add({ kind: 'request', text: `answered ${status}`, status, address })
    else add({ kind: 'outside', text: 'was blocked', address })
  })
  return problems
}

const MAX_PROBLEMS = 200

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

/** First line of the message of an error of a page or of the browser. */
export function firstErrorLine(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error)
  return text.split('\n')[0]?.trim() ?? ''
}
