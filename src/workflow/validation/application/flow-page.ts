import type { FlowStep } from '../../../plan/application.ts'
import { firstLine, type OpenPage } from '../../../runner/browser.ts'
import { addressWithin } from '../../../runner/origin.ts'
import { endedWord, toldTarget, type Scene } from './app.ts'

/** A page of a real browser that one flow works on. */
export interface FlowPage {
  page: OpenPage
  /** Takes a picture of how it ended, keeps what went wrong on it, and closes it. */
  leave(name: string): Promise<void>
}

type PageStep = Exclude<FlowStep, { does: 'request' | 'unread' }>

/** A new page, or what the browser lacks. */
export async function openFlowPage(scene: Scene): Promise<FlowPage | { missing: string }> {
  const browser = await scene.browser()
  if ('missing' in browser) return browser
  const page = await browser.open()
  return {
    page,
    async leave(name) {
      await page.screenshot().then(
        png => scene.album.keep(name, png),
        // A page that hangs has no picture; what hangs is told by its step.
        () => undefined,
      )
      scene.trouble.push(...page.trouble().map(one => ({ ...one, page: name })))
      await page.close()
    },
  }
}

/** Does one step on the page; what is wrong with it, if anything. */
export async function pageStep(
  scene: Scene,
  flow: FlowPage | undefined,
  step: PageStep,
  fill: (text: string) => string,
): Promise<string | undefined> {
  const ended = endedWord(scene)
  if (ended !== undefined) return `was not done: ${ended}`
  if (!flow) return 'has no page'
  try {
    return await act(scene, flow.page, step, fill)
  } catch (error) {
    return `${failed(step)} (${firstLine(error)})`
  }
}

async function act(
  scene: Scene,
  page: OpenPage,
  step: PageStep,
  fill: (text: string) => string,
): Promise<string | undefined> {
  if (step.does === 'goto') {
    const url = addressWithin(scene.origins, fill(step.path), scene.pages)
    if (!url) return 'leads out of the application, so it was not opened'
    await page.goto(url)
  } else if (step.does === 'click') await page.click(step.target)
  else if (step.does === 'fill') await page.fill(step.target, fill(step.value))
  else await page.expectText(fill(step.text), step.target)
  return undefined
}

function failed(step: PageStep): string {
  switch (step.does) {
    case 'goto':
      return 'could not be opened'
    case 'click':
      return `found nothing to click at ${toldTarget(step.target)}`
    case 'fill':
      return `found no field at ${toldTarget(step.target)}`
    case 'expectText':
      return `did not find ${JSON.stringify(step.text)} on the page`
  }
}
