import { createServer } from 'node:http'

export function createApp() {
  return createServer((_request, response) => {
    response.writeHead(501).end('null')
  })
}
