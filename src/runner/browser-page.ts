import type { Browser, Locator, Page } from 'playwright-core'
import type { PageTarget } from '../plan/application.ts'
import type { SharedCookie } from './cookies.ts'
import type { Origins } from './origin.ts'
import { type PageProblem, recordProblems } from './page-problems.ts'

export interface BrowserRequest {
  origins: Origins
  /** Path of the browser; without it, the first Chromium, Chrome or Edge that is found on the machine. */
  program?: string | undefined
  /** Accept certificates that no authority signed. */
  selfSigned: boolean
  /** Time limit of each step on a page. */
  timeoutMs: number
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

const VIEWPORT = { width: 1280, height: 800 }

export async function openPage(browser: Browser, request: BrowserRequest): Promise<OpenPage> {
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
