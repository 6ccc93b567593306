import type { FlowStep } from '../../../plan/application.ts'
import type { OpenPage } from '../../../runner/browser-page.ts'
import { firstErrorLine } from '../../../runner/page-problems.ts'
import { addressWithin } from '../../../runner/origin.ts'
import { endedReason, formatTarget, type App } from './app.ts'

/** The browser page of one flow. */
export interface FlowPage {
  page: OpenPage
  /** Takes a screenshot, collects the problems of the page, and closes it. */
  close(name: string): Promise<void>
}

type PageStep = Exclude<FlowStep, { does: 'request' | 'unread' }>

/** Opens a new page, or returns what is missing for a browser. */
export async function openFlowPage(app: App): Promise<FlowPage | { missing: string }> {
  const browser = await app.browser()
  if ('missing' in browser) return browser
  const page = await browser.open()
  return {
    page,
    async close(name) {
      await page.screenshot().then(
        png => app.screenshots.keep(name, png),
        // A page that hangs cannot be captured. The failed step reports it.
        () => undefined,
      )
      app.pageProblems.push(...page.problems().map(problem => ({ ...problem, page: name })))
      await page.close()
    },
  }
}

/** Does one step on the page. Returns what failed, if anything. */
export async function pageStep(
  app: App,
  flow: FlowPage | undefined,
  step: PageStep,
  fill: (text: string) => string,
): Promise<string | undefined> {
  const ended = endedReason(app)
  if (ended !== undefined) return `was not done: ${ended}`
  if (!flow) return 'has no page'
  try {
    return await perform(app, flow.page, step, fill)
  } catch (error) {
    return `${describeFailure(step)} (${firstErrorLine(error)})`
  }
}

async function perform(
  app: App,
  page: OpenPage,
  step: PageStep,
  fill: (text: string) => string,
): Promise<string | undefined> {
  if (step.does === 'goto') {
    const url = addressWithin(app.origins, fill(step.path), app.pages)
    if (!url) return 'leads out of the application, so it was not opened'
    await page.goto(url)
  } else if (step.does === 'click') await page.click(step.target)
  else if (step.does === 'fill') await page.fill(step.target, fill(step.value))
  else await page.expectText(fill(step.text), step.target)
  return undefined
}

function describeFailure(step: PageStep): string {
  switch (step.does) {
    case 'goto':
      return 'could not be opened'
    case 'click':
      return `found nothing to click at ${formatTarget(step.target)}`
    case 'fill':
      return `found no field at ${formatTarget(step.target)}`
    case 'expectText':
      return `did not find ${JSON.stringify(step.text)} on the page`
  }
}
