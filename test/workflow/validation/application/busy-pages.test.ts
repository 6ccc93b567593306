import { describe, expect, it } from 'vitest'
import { applicationProject, failed, gate, hasBrowser, see } from '../../../kit/application.ts'
import { descendantsOf } from '../../../kit/descendants.ts'

/** A server with one page, which has a button and a script that keeps the browser busy. */
const pageWith = (script: string, button = '') => `import { createServer } from 'node:http'
const page = '<!doctype html><title>Busy</title><link rel="icon" href="data:,"><h1>Busy</h1><button onclick="' +
  ${JSON.stringify(button)} + '">Go on</button><p>Ready</p><script>' + ${JSON.stringify(script)} + '</' + 'script>'
createServer((req, res) => res.writeHead(200, { 'content-type': 'text/html' }).end(page)).listen(process.env.PORT)
`
const STEPS = [
  { browser: 'goto', path: '/' },
  { browser: 'click', label: 'Go on' },
  { browser: 'expectText', text: 'Ready' },
]

async function validatePage(server: string) {
  const settings = {
    start: { command: 'node server.mjs', readySeconds: 20 },
    frontend: '/',
    requestSeconds: 2,
    flows: [{ name: 'Busy', steps: STEPS }],
  }
  const seen = await see(applicationProject({ 'server.mjs': server }, settings))
  // The browser and every process that it started have ended.
  expect(descendantsOf(process.pid)).toEqual([])
  return seen
}

describe.skipIf(!hasBrowser)('a page that keeps the browser busy', () => {
  it('with a script that never ends is given up', async () => {
    const seen = await validatePage(pageWith('for (;;) {}'))
    expect(failed(seen)).toMatchObject({
      flows: [expect.stringMatching(/step 1 of 3 \(goto \/\) could not be opened \(.*Timeout/i)],
      console: [expect.stringMatching(/^\/ could not be opened \(.*Timeout/i)],
    })
  })

  it('with such a script at a click fails at the next step', async () => {
    const seen = await validatePage(pageWith('', 'for (;;) {}'))
    expect(failed(seen)['flows']?.[0]).toMatch(/step [23] of 3 /)
  })

  it('with endless dialogs fails', async () => {
    const seen = await validatePage(pageWith('for (;;) alert(1)'))
    expect(failed(seen)).toMatchObject({
      flows: [expect.stringMatching(/step 1 of 3 \(goto \/\) could not be opened/)],
    })
  })

  it('with a few dialogs works, and each is dismissed', async () => {
    const seen = await validatePage(
      pageWith(
        "onbeforeunload = e => e.preventDefault(); alert('hello')",
        "if (confirm('Sure?')) document.body.remove()",
      ),
    )
    expect(failed(seen)).toEqual({})
    expect(gate(seen, 'flows')?.summary).toBe('1 of 1 from beginning to end')
  })

  it('that reloads itself forever is closed in time', async () => {
    const seen = await validatePage(pageWith('location.reload()'))
    expect(seen.gates.map(({ name }) => name)).toContain('console')
  })

  it('that opens endless windows is closed in time', async () => {
    const seen = await validatePage(pageWith("setInterval(() => open('/'), 50)"))
    expect(seen.gates.map(({ name }) => name)).toContain('console')
  })
})
