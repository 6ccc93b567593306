import { createServer } from 'node:http'

export function createApp(_register) {
  return createServer((_request, response) => {
    response.writeHead(501).end('null')
  })
}
