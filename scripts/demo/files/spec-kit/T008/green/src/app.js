import { createServer } from 'node:http'

/** The HTTP interface; `teas` is what the house has. */
export function createApp({ teas }) {
  return createServer((request, response) => {
    const route = `${request.method} ${request.url}`
    if (route === 'GET /teas') return send(response, 200, teas)
    return send(response, 404, { error: `There is no ${request.url} here.` })
  })
}

function send(response, status, body) {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}
