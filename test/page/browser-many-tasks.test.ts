import { afterAll, expect, it } from 'vitest'
import { closeChromium, hasChromium, openPage } from '../kit/chromium.ts'
import { servePage } from '../kit/page-server.ts'
import { stackProject } from '../kit/project.ts'

afterAll(closeChromium)

const COUNT = 2000

it.runIf(hasChromium)('a plan of 2,000 tasks is shown, scrolled and searched', async () => {
  const lines = Array.from({ length: COUNT }, (_, at) => {
    const heading = at % 100 === 0 ? `\n## Phase ${at / 100 + 1}: Part ${at / 100 + 1}\n` : ''
    return `${heading}- [ ] T${String(at + 1).padStart(4, '0')} Add the function number ${at + 1}`
  })
  const { root } = stackProject(`# Tasks\n${lines.join('\n')}\n`)
  const { origin } = await servePage([root])
  const { page, problems } = await openPage({ viewport: { width: 1280, height: 800 } })
  await page.goto(`${origin}/#/plan/app/001-stack`)
  await page.getByText('2000 tasks').waitFor()
  expect(await page.locator('.tasks li').count()).toBe(COUNT)
  await page.getByText('Add the function number 2000').scrollIntoViewIfNeeded()
  await page.getByText('Add the function number 2000').waitFor({ state: 'visible' })
  await page.keyboard.press('/')
  await page.keyboard.type('number 1234')
  await page.getByText('1 of 2000 tasks').waitFor()
  // Its text counts, whether it has been painted yet or not.
  expect(await page.locator('.tasks li').textContent()).toContain('T1234')
  // The numbers are reported, because they depend on the machine: docs/performance.md has them.
  console.info(JSON.stringify(await page.evaluate<object>(MEASURED)))
  await page.getByLabel('Search tasks').fill('')
  await page.getByText('2000 tasks', { exact: true }).waitFor()
  console.info(JSON.stringify(await page.evaluate<object>(SCROLLED)))
  expect(problems).toEqual([])
})

const MEASURED = `({
  loadedMs: performance.getEntriesByType('navigation')[0].duration,
  ...Object.fromEntries(performance.getEntriesByType('paint').map(({ name, startTime }) => [name, startTime])),
})`

/** Scrolls through everything, one screen a frame. */
const SCROLLED = `new Promise(resolve => {
  const frames = []
  let last = performance.now()
  const step = now => {
    frames.push(now - last)
    last = now
    scrollBy(0, innerHeight)
    if (scrollY + innerHeight < document.documentElement.scrollHeight - 1) requestAnimationFrame(step)
    else {
      const sorted = frames.toSorted((a, b) => a - b)
      resolve({ frames: frames.length, medianMs: sorted[sorted.length >> 1], slowestMs: sorted.at(-1) })
    }
  }
  requestAnimationFrame(step)
})`
