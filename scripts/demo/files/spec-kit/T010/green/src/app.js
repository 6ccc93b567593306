import { createServer } from 'node:http'
import { json } from 'node:stream/consumers'
import { brewAt, startBrew } from './brew.js'

/** The HTTP interface over teas, journal and clock (`now`, in milliseconds). */
export function createApp({ teas, journal, now = Date.now }) {
  const routes = [
    { route: /^GET \/health$/, answer: () => [200, { status: 'ok' }] },
    { route: /^GET \/teas$/, answer: () => [200, teas] },
    { route: /^POST \/brews$/, answer: create },
    { route: /^GET \/brews\/(\w+)$/, answer: (_request, id) => show(id) },
  ]

  async function create(request) {
    const order = await json(request).catch(() => undefined)
    if (!order) return [400, { error: 'The body must be JSON, for example {"tea":"sencha"}.' }]
    const tea = teas.find(({ name }) => name === order.tea)
    if (!tea) return [404, { error: `Unknown tea ${order.tea}. Available: ${namesOf(teas)}.` }]
    const brew = startBrew(tea, now())
    await journal.add(brew)
    return [201, brewAt(brew, now())]
  }

  function show(id) {
    const brew = journal.find(id)
    return brew ? [200, brewAt(brew, now())] : [404, { error: `Unknown brew ${id}.` }]
  }

  return createServer(async (request, response) => {
    const line = `${request.method} ${request.url}`
    const match = routes.find(({ route }) => route.test(line))
    const [status, body] = match
      ? await match.answer(request, match.route.exec(line)[1])
      : [404, { error: `Unknown path ${request.url}.` }]
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  })
}

function namesOf(teas) {
  return teas.map(({ name }) => name).join(', ')
}
