import { describe, expect, it } from 'vitest'
import { applicationProject, failed, gate, hasBrowser, see } from '../../kit/application.ts'
import { descendantsOf } from '../../kit/descendants.ts'

/** A page with a button, and whatever keeps the browser busy. */
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

async function look(server: string) {
  const settings = {
    start: { command: 'node server.mjs', readySeconds: 20 },
    frontend: '/',
    requestSeconds: 2,
    flows: [{ name: 'Busy', steps: STEPS }],
  }
  const begun = performance.now()
  const seen = await see(applicationProject({ 'server.mjs': server }, settings))
  expect(performance.now() - begun).toBeLessThan(60_000)
  // The browser is gone with everything that it started, however busy it was.
  expect(descendantsOf(process.pid)).toEqual([])
  return seen
}

describe.skipIf(!hasBrowser)('a page that keeps the browser busy', () => {
  it('with a script that never ends, is not opened, and the look at it ends', async () => {
    const seen = await look(pageWith('for (;;) {}'))
    expect(failed(seen)).toMatchObject({
      flows: [expect.stringMatching(/step 1 of 3 \(goto \/\) could not be opened \(.*Timeout/i)],
      console: [expect.stringMatching(/^\/ could not be opened \(.*Timeout/i)],
    })
  })

  it('with one that begins at a click, fails at the step after it', async () => {
    const seen = await look(pageWith('', 'for (;;) {}'))
    expect(failed(seen)['flows']?.[0]).toMatch(/step [23] of 3 /)
  })

  it('with dialogs without end, is answered no to all of them, and fails', async () => {
    const seen = await look(pageWith('for (;;) alert(1)'))
    expect(failed(seen)).toMatchObject({
      flows: [expect.stringMatching(/step 1 of 3 \(goto \/\) could not be opened/)],
    })
  })

  it('with a dialog now and then, is answered no, and works', async () => {
    const seen = await look(
      pageWith(
        "onbeforeunload = e => e.preventDefault(); alert('hello')",
        "if (confirm('Sure?')) document.body.remove()",
      ),
    )
    expect(failed(seen)).toEqual({})
    expect(gate(seen, 'flows')?.summary).toBe('1 of 1 from beginning to end')
  })

  it('with loading itself anew for ever, is left in time', async () => {
    const seen = await look(pageWith('location.reload()'))
    expect(seen.gates.map(({ name }) => name)).toContain('console')
  })

  it('with windows without end, is left in time', async () => {
    const seen = await look(pageWith("setInterval(() => open('/'), 50)"))
    expect(seen.gates.map(({ name }) => name)).toContain('console')
  })
})
