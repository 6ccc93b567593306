import { createServer } from 'node:http'
import { json } from 'node:stream/consumers'
import { search } from './search.js'

/** The HTTP interface of a register. */
export function createApp(register) {
  const routes = [
    { route: /^POST \/finds$/, answer: body => attempt(400, () => [201, register.add(body)]) },
    { route: /^GET \/finds\?words=(.*)$/, answer: (_body, words) => [200, found(words)] },
    { route: /^POST \/finds\/(\d+)\/handover$/, answer: handOver },
  ]

  function found(words) {
    return search(register.lost(), words)
  }

  function handOver({ to }, number) {
    if (!register.find(Number(number))) return [404, { error: `There is no find ${number}.` }]
    return attempt(409, () => [200, register.handOver(Number(number), to)])
  }

  return createServer(async (request, response) => {
    const asked = `${request.method} ${decodeURIComponent(request.url.replaceAll('+', ' '))}`
    const found = routes.find(({ route }) => route.test(asked))
    const body = request.method === 'POST' ? await json(request).catch(() => ({})) : {}
    const [status, answer] = found
      ? found.answer(body, found.route.exec(asked)[1])
      : [404, { error: `There is no ${asked} here.` }]
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer))
  })
}

/** An answer, or the status for what was refused. */
function attempt(status, answer) {
  try {
    return answer()
  } catch ({ message }) {
    return [status, { error: message }]
  }
}
