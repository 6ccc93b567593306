import { describe, expect, it } from 'vitest'
import { applicationProject, failed, hasBrowser, see } from '../../../kit/application.ts'

/** Greets a signed-in user by name. Signing in and out works by request and on the page. */
const VISIT = `import { createServer } from 'node:http'
const names = new Map()
const page = name => '<!doctype html><title>Visit</title><link rel="icon" href="data:,"><p>' + (name ? 'Welcome, ' + name : 'Who is there?') +
  '</p><form method="post" action="/in"><label>Name <input name="name"></label><button>Come in</button></form><form method="post" action="/out"><button>Leave</button></form>'
createServer(async (req, res) => {
  let body = ''; for await (const part of req) body += part
  const id = /(?:^|; )visit=(\\w+)/.exec(req.headers.cookie ?? '')?.[1]
  const home = cookie => res.writeHead(303, { location: '/', 'set-cookie': cookie }).end()
  if (req.url === '/in') {
    const id = 'v' + (names.size + 1)
    names.set(id, new URLSearchParams(body).get('name'))
    return home('visit=' + id + '; Path=/; HttpOnly; SameSite=Strict; Max-Age=600')
  }
  if (req.url === '/out') return home('visit=; Path=/; Max-Age=0')
  if (req.url === '/who') return res.writeHead(id && names.has(id) ? 200 : 401).end(names.get(id) ?? '')
  res.writeHead(200, { 'content-type': 'text/html' }).end(page(names.get(id)))
}).listen(process.env.PORT)
`
const IN = {
  request: { method: 'POST', path: '/in', form: { name: 'Ada' } },
  expect: { status: 200 },
}
const OUT = { request: { method: 'POST', path: '/out' }, expect: { status: 200 } }
const HOME = { browser: 'goto', path: '/' }
const sees = (text: string) => ({ browser: 'expectText', text })
const who = (expect: object) => ({ request: { path: '/who' }, expect })

function seeFlow(...steps: object[]) {
  const flows = [{ name: 'A visit', steps }]
  const start = { command: 'node server.mjs', readySeconds: 20 }
  return see(applicationProject({ 'server.mjs': VISIT }, { start, flows, requestSeconds: 5 }))
}

describe.skipIf(!hasBrowser)('the cookies of a flow', () => {
  it('from its requests are sent by the page', async () => {
    const seen = await seeFlow(IN, HOME, sees('Welcome, Ada'), OUT, HOME, sees('Who is there?'))
    expect(failed(seen)).toEqual({})
  })

  it('from the page are sent with its requests', async () => {
    const seen = await seeFlow(
      HOME,
      { browser: 'fill', label: 'Name', value: 'Grace' },
      { browser: 'click', label: 'Come in' },
      sees('Welcome, Grace'),
      who({ status: 200, contains: 'Grace' }),
      { browser: 'click', label: 'Leave' },
      sees('Who is there?'),
      who({ status: 401 }),
    )
    expect(failed(seen)).toEqual({})
  })

  it('are not shared: the next flow and the first page start without any', async () => {
    const flows = [
      { name: 'One', steps: [IN, HOME, sees('Welcome, Ada')] },
      { name: 'Two', steps: [HOME, sees('Who is there?'), who({ status: 401 })] },
    ]
    const start = { command: 'node server.mjs', readySeconds: 20 }
    const project = applicationProject({ 'server.mjs': VISIT }, { start, flows, requestSeconds: 5 })
    expect(failed(await see(project))).toEqual({})
  })
})
