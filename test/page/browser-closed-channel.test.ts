import { afterAll, expect, it } from 'vitest'
import { closeChromium, hasChromium, openPage } from '../kit/chromium.ts'
import { humanApproves } from '../kit/human.ts'
import { servePage } from '../kit/page-server.ts'
import { stackProject } from '../kit/project.ts'

afterAll(closeChromium)

it.runIf(hasChromium)(
  'without the channel, the inbox says when the page can be named: before the start, and after it with an approval',
  async () => {
    const project = stackProject('## Setup\n- [ ] T001 Manually verify the labels\n', {
      'redgreen.config.json': JSON.stringify({ approval: { required: 'always' } }),
    })
    const { origin } = await servePage([project.root])
    const { page } = await openPage()
    await page.goto(`${origin}/#/inbox`)
    await page.getByText('in redgreen.config.json before the work starts.').first().waitFor()
    await humanApproves(project)
    await page.getByText('the work has started, so the change counts only then.').waitFor()
    expect(await page.getByText('before the work starts').count()).toBe(0)
  },
)
