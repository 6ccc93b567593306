import { afterAll, expect, it } from 'vitest'
import { closeChromium, hasChromium, openPage } from '../kit/chromium.ts'
import { servePage } from '../kit/page-server.ts'
import { nodeTest } from '../kit/project.ts'
import { startSteps } from '../kit/steps.ts'

afterAll(closeChromium)

it.runIf(hasChromium)(
  'evidence shows RED, GREEN, suite and mark, how the tests changed since, and runs again',
  async () => {
    const steps = await startSteps('## Core\n- [ ] T001 Add size to src/stack.js\n', {
      'src/stack.js': 'export class Stack {}\n',
    })
    const { project } = steps
    project.write('tests/size.test.js', nodeTest('size', 'assert.equal(new Stack().size, 0)'))
    expect(await steps.red(['tests/size.test.js'])).toMatchObject({ code: undefined })
    project.write('src/stack.js', 'export class Stack {\n  size = 0\n}\n')
    expect(await steps.green()).toMatchObject({ code: undefined })
    expect(await steps.mark()).toMatchObject({ code: undefined })
    const { origin, token } = await servePage([project.root])
    const { page, problems } = await openPage()
    await page.goto(`${origin}/#token=${token}`)
    await page
      .getByRole('navigation', { name: 'Main' })
      .getByRole('link', { name: '001-stack' })
      .click()
    await page.getByRole('link', { name: 'T001 Add size to src/stack.js' }).click()
    for (const name of ['RED', 'GREEN', 'Suite', 'Marked complete'])
      await page.getByRole('heading', { name, exact: true }).waitFor()
    // The lease ended with the task, before this server began.
    expect(await page.locator('.steps').innerText()).toMatch(/ · test$/m)
    expect(await page.getByText('an assistant (').count()).toBe(0)
    expect(await page.locator('.line-of-proof').innerText()).toMatch(/RED[^]*1 failed[^]*GREEN/)
    expect(await page.locator('.place').innerText()).toContain('assert.equal(new Stack().size, 0)')
    await page.getByText('The test files are as they were at RED.').waitFor()
    project.write('tests/size.test.js', nodeTest('size', 'assert.ok(new Stack().size === 0)'))
    await page.reload()
    await page.locator('.diff .removed').waitFor()
    expect(await page.locator('.diff .added').innerText()).toContain('assert.ok(')
    await page.getByRole('button', { name: 'Run again' }).click()
    await page.getByText('2 runs were repeated. ✓ Each shows what was recorded.').waitFor()
    await page.getByRole('link', { name: '← 001-stack' }).click()
    await page.getByRole('link', { name: 'Verification' }).click()
    await page.getByText(/in the ledger/).waitFor()
    expect(problems).toEqual([])
  },
)
