import axe from 'axe-core'
import { afterAll, expect, it } from 'vitest'
import { closeChromium, hasChromium, openPage } from '../kit/chromium.ts'
import { servePage } from '../kit/page-server.ts'
import { recordedFeature } from '../kit/recorded-feature.ts'

afterAll(closeChromium)

const VIEWS = ['inbox', 'runs', 'plan', 'task', 'documents', 'verification'] as const

it.runIf(hasChromium)(
  'no view has a serious problem of accessibility, in light, dark and on a narrow screen',
  async () => {
    const project = recordedFeature(
      '## Core\n- [ ] T001 Add push\n- [ ] T002 Manually verify it\n\n## Next\n- [ ] T003 Add pop (depends on T001)\n',
      {
        'redgreen.config.json': JSON.stringify({
          approval: { required: 'always', channels: ['page'] },
        }),
      },
    )
    project.prove('T001')
    const { origin, token } = await servePage([project.root])
    for (const options of [
      { colorScheme: 'light' as const },
      { colorScheme: 'dark' as const },
      { colorScheme: 'light' as const, viewport: { width: 360, height: 700 } },
    ]) {
      // The policy of the page keeps the checker out, as every other script.
      const { page } = await openPage({ ...options, bypassCSP: true })
      await page.goto(`${origin}/#token=${token}`)
      for (const view of VIEWS) {
        const place = { inbox: '', runs: '', task: '/app/001-stack/T001' }
        await page.goto(
          `${origin}/#/${view}${Object.entries(place).find(([name]) => name === view)?.[1] ?? '/app/001-stack'}`,
        )
        await page.getByRole('heading', { level: 1 }).first().waitFor()
        await page.locator('.pending, [aria-busy=true]').first().waitFor({ state: 'detached' })
        expect(await findings(page), `${view} ${JSON.stringify(options)}`).toEqual([])
        const overflow = await page.evaluate<boolean>(OVERFLOW)
        expect(overflow, `${view} scrolls sideways`).toBe(false)
      }
    }
  },
)

const OVERFLOW = 'document.documentElement.scrollWidth > document.documentElement.clientWidth'

type OpenedPage = Awaited<ReturnType<typeof openPage>>['page']

async function findings(page: OpenedPage): Promise<string[]> {
  await page.evaluate(axe.source)
  const { violations } = await page.evaluate<{ violations: axe.Result[] }>('axe.run()')
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`),
    )
}
