import { createServer, type Server } from 'node:http'
import { onTestFinished } from 'vitest'
import { handlePage } from '../../src/page/handle-page.ts'

/** A server of the page, in this process. */
export interface PageServer {
  /** Such as `http://127.0.0.1:40123`. */
  origin: string
  token: string
  close(): Promise<void>
}

const TOKEN = 'a-token-of-the-tests'

/** Serves the page of these workspaces. `port`: the one of an earlier server, for a page that connects again. */
export async function servePage(
  roots: readonly string[],
  { port = 0, host = '127.0.0.1' }: { port?: number; host?: string } = {},
): Promise<PageServer> {
  const controller = new AbortController()
  const workspaces = roots.map((root, at) => ({ name: at === 0 ? 'app' : `app-${at + 1}`, root }))
  const server = createServer((request, response) => {
    const isAuthorised = request.headers.authorization === `Bearer ${TOKEN}`
    const options = { workspaces, isAuthorised, signal: controller.signal }
    void handlePage(request, response, options)
  })
  await new Promise<void>(resolve => server.listen(port, host, resolve))
  const close = () => {
    controller.abort()
    return closed(server)
  }
  onTestFinished(close)
  return { origin: `http://${host}:${portOf(server)}`, token: TOKEN, close }
}

function closed(server: Server): Promise<void> {
  server.closeAllConnections()
  return new Promise(resolve => server.close(() => resolve()))
}

function portOf(server: Server): number {
  const address = server.address()
  return typeof address === 'object' && address ? address.port : 0
}
