import { onTestFinished } from 'vitest'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { findBrowser } from '../../src/runner/browser-path.ts'

const program = findBrowser(undefined)

/** Tests that need a browser are reported as skipped without one. */
export const hasChromium = program !== undefined

const OWN = /^(http:\/\/127\.0\.0\.1[:/]|data:|blob:|about:)/

let browser: Promise<Browser> | undefined

/** A page in a real Chromium, with what it logged and requested. It is closed after the test. */
export async function openPage(options: BrowserContextOptions = {}): Promise<{
  page: Page
  /** Errors and warnings of the console, and exceptions. */
  problems: string[]
  /** Addresses outside of the machine that the page asked for. */
  foreign: string[]
}> {
  browser ??= launch()
  const context = await (await browser).newContext(options)
  onTestFinished(() => context.close())
  const page = await context.newPage()
  const problems: string[] = []
  const foreign: string[] = []
  page.on('pageerror', error => problems.push(error.message))
  page.on('console', message => {
    if (message.type() === 'error') problems.push(message.text())
  })
  page.on('request', request => {
    if (!OWN.test(request.url())) foreign.push(request.url())
  })
  return { page, problems, foreign }
}

/** Closes the browser of this file's tests. */
export async function closeChromium(): Promise<void> {
  await (await browser)?.close()
  browser = undefined
}

async function launch(): Promise<Browser> {
  const { chromium } = await import('playwright-core')
  if (program === undefined) throw new Error('There is no browser.')
  // Chromium has no sandbox of its own for root, which containers run as.
  return chromium.launch({ executablePath: program, chromiumSandbox: process.getuid?.() !== 0 })
}
