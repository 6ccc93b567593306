import { randomUUID } from 'node:crypto'
import process from 'node:process'
import { findBrowser } from './browser-path.ts'
import { childEnvironment } from './environment.ts'
import { trackTree, untrackTree } from './live-runs.ts'
import { openOriginProxy } from './origin-proxy.ts'
import { endTree } from './process-tree.ts'
import { firstErrorLine } from './page-problems.ts'
import { type BrowserRequest, type OpenPage, openPage } from './browser-page.ts'

/** A real browser that can reach the started application and nothing else. */
export interface OpenBrowser {
  /** Opens a page in a new context, so that it shares no cookies with other pages. */
  open(): Promise<OpenPage>
  close(): Promise<void>
}

/**
 * Starts the browser, or returns what is missing to start it. The only function that loads playwright-core: the package is optional, and
 * needed only when the first page has to be opened.
 */
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
