import { afterAll, expect, it } from 'vitest'
import { connect } from '../kit/assistant.ts'
import { closeChromium, hasChromium, openPage } from '../kit/chromium.ts'
import { servePage } from '../kit/page-server.ts'
import { stackProject } from '../kit/project.ts'
import { isRunning, slowTest } from '../kit/slow-test.ts'

afterAll(closeChromium)

it.runIf(hasChromium)(
  'a run of another process is followed with its output and its tests, and a human can stop it',
  async () => {
    const slow = slowTest('assert.fail()', "console.log('waiting for the tide')")
    const project = stackProject('## Core\n- [ ] T001 Add push to src/stack.js\n', {
      'redgreen.config.json': JSON.stringify({ approval: { channels: ['page'] } }),
    })
    const { origin, token } = await servePage([
      project.root,
      stackProject('- [ ] T001 Add a note\n').root,
    ])
    const { page, problems } = await openPage()
    await page.goto(`${origin}/#token=${token}`)
    const { call } = await connect(project.root, { name: 'an-assistant' })
    await call('next_task')
    project.write('tests/slow.test.js', slow.text)
    const red = call('record_red', { task: 'T001', tests: ['tests/slow.test.js'] })
    await page.getByText('app · started · an-assistant').waitFor()
    await page.getByRole('link', { name: /^Runs/ }).click()
    await page.getByText('waiting for the tide').waitFor()
    await page.getByText('app · 1 test so far').waitFor()
    await page.getByRole('heading', { name: 'T001 Add push to src/stack.js' }).waitFor()
    await page.getByRole('button', { name: 'Stop' }).click()
    const { code, text } = await red
    expect(code).toBe('crashed')
    expect(text).toContain('A human stopped the run on the live page, so nothing was judged')
    await page.getByText('Nothing runs at the moment').waitFor()
    for (const pid of slow.pids()) expect(isRunning(pid)).toBe(false)
    expect(problems).toEqual([])
  },
)
