import { afterAll, expect, it } from 'vitest'
import { closeChromium, hasChromium, openPage } from '../kit/chromium.ts'
import { serve } from '../kit/http.ts'
import { stackProject, TASKS } from '../kit/project.ts'

afterAll(closeChromium)

it.runIf(hasChromium)(
  'an open page connects again after the server was killed, is right, and is replaced by that of a newer one',
  async () => {
    const project = stackProject('## Core\n- [ ] T001 Add push\n')
    const first = await serve([project.root])
    const { page } = await openPage()
    await page.goto(`${first.url}#/inbox`)
    await page.getByText('Nothing waits for you.').waitFor()
    await page
      .getByRole('navigation', { name: 'Main' })
      .getByRole('link', { name: '001-stack' })
      .click()
    await page.getByText('T001 Add push').first().waitFor()
    await first.stop('SIGKILL')
    await page.getByRole('status').filter({ hasText: 'Connection lost. Trying again…' }).waitFor()
    project.write(TASKS, '## Core\n- [ ] T001 Add push\n- [ ] T002 Add pop\n')
    const port = Number(new URL(first.url).port)
    const second = await serve([project.root], { port, tokenFile: first.tokenFile })
    await page.getByText('T002 Add pop').waitFor()
    await page.getByText('Live ·').waitFor()
    // As if this page were of an older version.
    await page.evaluate<undefined>(
      "document.querySelector('meta[name=build]').setAttribute('content', 'older')",
    )
    await second.stop('SIGKILL')
    await page.getByText('Connection lost. Trying again…').waitFor()
    await serve([project.root], { port, tokenFile: first.tokenFile })
    await page.getByText(/The server was updated to .*; this page is the new one/).waitFor()
    expect(await page.locator('meta[name=build]').getAttribute('content')).not.toBe('older')
  },
)
