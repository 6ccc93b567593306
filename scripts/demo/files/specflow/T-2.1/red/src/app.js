import { createServer } from 'node:http'

export function appFor(_seeds) {
  return createServer((_request, response) => {
    response.writeHead(501).end('null')
  })
}
