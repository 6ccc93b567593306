import { createServer } from 'node:http'
import { sowable } from './calendar.js'

/** A server that answers which of these seeds can be sown. */
export function appFor(seeds) {
  return createServer(({ method, url }, response) => {
    const [status, body] = answerTo(seeds, `${method} ${url}`)
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  })
}

function answerTo(seeds, line) {
  if (line === 'GET /health') return [200, { status: 'ok' }]
  const month = /^GET \/sow\/(\w+)$/.exec(line)?.[1]
  if (month === undefined) return [404, { error: `Unknown request ${line}.` }]
  if (!/^([1-9]|1[0-2])$/.test(month)) return [400, { error: `Invalid month ${month}.` }]
  return [200, sowable(seeds, Number(month))]
}
