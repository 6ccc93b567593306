import { afterAll, expect, it } from 'vitest'
import { closeChromium, hasChromium, openPage } from '../kit/chromium.ts'
import { servePage } from '../kit/page-server.ts'
import { stackProject } from '../kit/project.ts'

afterAll(closeChromium)

it.runIf(hasChromium)(
  'the page reads without the token, asks for it before a decision, and keeps it for the tab',
  async () => {
    const { root } = stackProject('## Setup\n- [ ] T001 Create notes.txt\n', {
      'redgreen.config.json': JSON.stringify({
        approval: { required: 'always', channels: ['page'] },
      }),
    })
    const { origin, token } = await servePage([root])
    const { page } = await openPage()
    // Not a token, and no valid encoding either.
    await page.goto(`${origin}/#token=%`)
    await page.getByText('Approve the plan').waitFor()
    expect(await page.getByRole('button', { name: 'Approve' }).count()).toBe(0)
    await page.getByLabel('Token').fill('wrong')
    await page.getByRole('button', { name: 'Use' }).click()
    await page.getByText('That is not the token.').waitFor()
    // The whole address, as it was printed.
    await page.getByLabel('Token').fill(`${origin}/#token=${token}`)
    await page.getByLabel('Token').press('Enter')
    await page.getByRole('button', { name: 'Approve' }).waitFor()
    await page.reload()
    await page.getByRole('button', { name: 'Approve' }).click()
    await page.getByText('Nothing waits for you.').waitFor()
  },
)
