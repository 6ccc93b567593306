import { afterAll, expect, it } from 'vitest'
import { connect } from '../kit/assistant.ts'
import { closeChromium, hasChromium, openPage } from '../kit/chromium.ts'
import { serve } from '../kit/http.ts'
import { stackProject } from '../kit/project.ts'

afterAll(closeChromium)

it.runIf(hasChromium)(
  'a human approves a plan on the page while an assistant waits, whose call then continues',
  async () => {
    const { root } = stackProject('## Setup\n- [ ] T001 Create notes.txt\n', {
      'redgreen.config.json': JSON.stringify({
        approval: { required: 'always', channels: ['page'] },
      }),
    })
    const serving = await serve([root])
    const { page, problems, foreign } = await openPage()
    await page.goto(`${serving.url}#token=${serving.pageToken}`)
    expect(page.url()).not.toContain('token')
    const { call } = await connect(root)
    const answer = call('next_task')
    await page.getByText('T001 Create notes.txt').waitFor()
    await page.getByRole('button', { name: 'Approve' }).click()
    const decided = performance.now()
    expect((await answer).data).toMatchObject({ task: { id: 'T001' } })
    const continued = performance.now()
    await page.getByText('Nothing waits for you.').waitFor()
    // The assistant is seen at work.
    await page.getByRole('link', { name: 'T001 Create notes.txt' }).waitFor()
    const shown = performance.now()
    // Reported only, because the numbers depend on the machine.
    console.info(
      `after the decision: answer ${Math.round(continued - decided)} ms, at work on the page ${Math.round(shown - continued)} ms later`,
    )
    expect({ problems, foreign }).toEqual({ problems: [], foreign: [] })
  },
)
