import { createServer } from 'node:http'
import { sowable } from './calendar.js'

/** A server that answers what of these seeds may be sown. */
export function appFor(seeds) {
  return createServer(({ method, url }, response) => {
    const [status, body] = answerTo(seeds, `${method} ${url}`)
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  })
}

function answerTo(seeds, asked) {
  if (asked === 'GET /health') return [200, { status: 'well' }]
  const month = /^GET \/sow\/(\w+)$/.exec(asked)?.[1]
  if (month === undefined) return [404, { error: `There is no ${asked} here.` }]
  if (!/^([1-9]|1[0-2])$/.test(month)) return [400, { error: `There is no month ${month}.` }]
  return [200, sowable(seeds, Number(month))]
}
