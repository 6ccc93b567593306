import { afterAll, expect, it } from 'vitest'
import { closeChromium, hasChromium, openPage } from '../kit/chromium.ts'
import { servePage } from '../kit/page-server.ts'
import { startSteps } from '../kit/steps.ts'

afterAll(closeChromium)

const SCRIPT = '<img src=x onerror=alert(1)><script>alert(2)</script>'

const HOSTILE_TEST = `import test from 'node:test'\nimport assert from 'node:assert/strict'\ntest(${JSON.stringify(`size ${SCRIPT}`)}, () => {\n  console.log(${JSON.stringify(`printed ${SCRIPT}`)})\n  assert.equal(1, 2, ${JSON.stringify(`message ${SCRIPT}`)})\n})\n`

it.runIf(hasChromium)(
  'script in a title, a test name, output and Markdown stays text',
  async () => {
    const steps = await startSteps(`## Core ${SCRIPT}\n- [ ] T001 Add size ${SCRIPT}\n`, {
      'specs/001-stack/spec.md': `# Spec ${SCRIPT}\n\n${SCRIPT}\n\n[link](javascript:alert(3)) <b onclick="alert(4)">bold</b>\n\n<iframe src="javascript:alert(5)"></iframe>\n\n![image](http://198.51.100.7/x.png)\n\n<style>main { display: none }</style>\n`,
    })
    const { project } = steps
    project.write('tests/size.test.js', HOSTILE_TEST)
    expect(await steps.red(['tests/size.test.js'])).toMatchObject({ code: undefined })
    const { origin, token } = await servePage([project.root])
    const { page, problems, foreign } = await openPage()
    page.on('dialog', dialog => {
      problems.push(`dialog ${dialog.message()}`)
      void dialog.dismiss()
    })
    await page.goto(`${origin}/#token=${token}`)
    await page.goto(`${origin}/#/plan/app/001-stack`)
    await page.getByRole('link', { name: /T001 Add size <img/ }).click()
    await page.getByText(`size ${SCRIPT}`).first().waitFor()
    await page.getByText('Output exit code 1').click()
    await page.getByRole('button', { name: 'Whole output' }).click()
    await page
      .getByText(/printed <img src=x/)
      .first()
      .waitFor()
    await page.goto(`${origin}/#/documents/app/001-stack/spec`)
    await page.getByRole('heading', { name: /Spec <img/ }).waitFor()
    const document = page.locator('.document')
    expect(await document.innerText()).toContain(SCRIPT)
    expect(
      await document.locator('script, img, iframe, style, [onclick], a[href^=javascript]').count(),
    ).toBe(0)
    expect({ problems, foreign }).toEqual({ problems: [], foreign: [] })
  },
)
