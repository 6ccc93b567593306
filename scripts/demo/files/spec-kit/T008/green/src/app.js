import { createServer } from 'node:http'

/** The HTTP interface; `teas` are the available teas. */
export function createApp({ teas }) {
  return createServer((request, response) => {
    const route = `${request.method} ${request.url}`
    if (route === 'GET /teas') return send(response, 200, teas)
    return send(response, 404, { error: `Unknown path ${request.url}.` })
  })
}

function send(response, status, body) {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}
