import { createServer } from 'node:http'
import { json } from 'node:stream/consumers'
import { lookAt, startBrew } from './brew.js'

/** The HTTP interface over teas, journal and clock (`now`, in milliseconds). */
export function createApp({ teas, journal, now = Date.now }) {
  const routes = [
    { route: /^GET \/health$/, answer: () => [200, { status: 'well' }] },
    { route: /^GET \/teas$/, answer: () => [200, teas] },
    { route: /^POST \/brews$/, answer: putOn },
    { route: /^GET \/brews\/(\w+)$/, answer: (_request, id) => look(id) },
  ]

  async function putOn(request) {
    const order = await json(request).catch(() => undefined)
    if (!order) return [400, { error: 'The body has to be JSON, such as {"tea":"sencha"}.' }]
    const tea = teas.find(({ name }) => name === order.tea)
    if (!tea) return [404, { error: `There is no ${order.tea}; there is ${namesOf(teas)}.` }]
    const brew = startBrew(tea, now())
    await journal.add(brew)
    return [201, lookAt(brew, now())]
  }

  function look(id) {
    const brew = journal.find(id)
    return brew ? [200, lookAt(brew, now())] : [404, { error: `There is no brew ${id}.` }]
  }

  return createServer(async (request, response) => {
    const asked = `${request.method} ${request.url}`
    const found = routes.find(({ route }) => route.test(asked))
    const [status, body] = found
      ? await found.answer(request, found.route.exec(asked)[1])
      : [404, { error: `There is no ${request.url} here.` }]
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  })
}

function namesOf(teas) {
  return teas.map(({ name }) => name).join(', ')
}
