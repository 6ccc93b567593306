import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { afterAll, expect, it, onTestFinished } from 'vitest'
import { closeChromium, hasChromium, openPage } from '../kit/chromium.ts'
import { servePage } from '../kit/page-server.ts'
import { stackProject } from '../kit/project.ts'

afterAll(closeChromium)

/** Passes requests on to a server of the page. The first answer about the board never ends, and the stream of changes waits for `begin`. */
async function slowly(target: string): Promise<{ origin: string; begin: () => void }> {
  let begin: () => void = () => undefined
  const begun = new Promise<void>(resolve => (begin = resolve))
  let isFirst = true
  const pass = async ({ url = '' }: IncomingMessage, response: ServerResponse) => {
    if (url === '/page/board' && isFirst) {
      isFirst = false
      response.writeHead(200, { 'content-type': 'application/json' }).write('{"version":')
      return
    }
    if (url === '/page/events') await begun
    const { status, headers, body } = await fetch(`${target}${url}`)
    response.writeHead(status, { 'content-type': headers.get('content-type') ?? '' })
    for await (const part of body ?? []) response.write(part)
    response.end()
  }
  const server = createServer((request, response) => {
    pass(request, response).catch(() => response.destroy())
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  return { origin: `http://127.0.0.1:${port}`, begin }
}

it.runIf(hasChromium)(
  'a page whose first data are given up halfway, because there are newer ones, shows the newer ones',
  async () => {
    const { root } = stackProject('## Core\n- [ ] T001 Add push\n')
    const { origin, begin } = await slowly((await servePage([root])).origin)
    const { page, problems } = await openPage()
    const half = page.waitForResponse(`${origin}/page/board`)
    await page.goto(`${origin}/#/inbox`)
    await half
    begin()
    await page.getByText('Nothing waits for you.').waitFor()
    expect(problems).toEqual([])
  },
)
