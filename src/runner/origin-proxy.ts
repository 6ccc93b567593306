import http, { type IncomingMessage, type ServerResponse } from 'node:http'
import { connect, type Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { isWithin, parseAddress, portOf, type Origins } from './origin.ts'

/** An HTTP proxy that lets a browser reach the started application and nothing else. */
export interface OriginProxy {
  /** Address of the proxy, for the browser. */
  url: string
  close(): void
}

/** Opens the proxy on a free local port. */
export async function openOriginProxy(origins: Origins): Promise<OriginProxy> {
  const sockets = new Set<Duplex>()
  const track = (socket: Duplex) => {
    sockets.add(socket)
    // A closed browser or page breaks off its connections, which is not an error.
    socket.on('error', () => {})
    socket.once('close', () => sockets.delete(socket))
  }
  const server = http.createServer((request, response) => forward(origins, request, response))
  server.on('connection', track)
  server.on('connect', (request: IncomingMessage, client: Duplex, head: Buffer) => {
    const url = parseAddress(`http://${request.url ?? ''}`)
    if (!url || !isWithin(origins, url)) {
      client.end('HTTP/1.1 403 Forbidden\r\n\r\n')
      return
    }
    track(tunnel(url, client, head))
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  return {
    url: `http://127.0.0.1:${port}`,
    close() {
      server.close()
      for (const socket of sockets) socket.destroy()
    },
  }
}

function forward(origins: Origins, request: IncomingMessage, response: ServerResponse): void {
  const url = parseAddress(request.url ?? '')
  if (!url || !isWithin(origins, url)) {
    response.writeHead(403).end()
    return
  }
  const { method, headers } = request
  const outgoing = http.request(url, { method, headers, agent: false }, answer => {
    response.writeHead(answer.statusCode ?? 502, answer.rawHeaders)
    answer.on('error', () => response.destroy())
    answer.pipe(response)
  })
  outgoing.on('error', () => {
    if (response.headersSent) response.destroy()
    else response.writeHead(502).end()
  })
  response.on('close', () => outgoing.destroy())
  request.pipe(outgoing)
}

function tunnel(url: URL, client: Duplex, head: Buffer): Socket {
  const server = connect({ host: url.hostname.replaceAll(/[[\]]/g, ''), port: portOf(url) })
  server.once('connect', () => {
    client.write('HTTP/1.1 200 Connection Established\r\n\r\n')
    server.write(head)
    server.pipe(client)
    client.pipe(server)
  })
  client.on('error', () => server.destroy())
  client.once('close', () => server.destroy())
  server.once('close', () => client.destroy())
  return server
}
