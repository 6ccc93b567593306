import { createServer } from 'node:http'
import { json } from 'node:stream/consumers'
import { search } from './search.js'

/** The HTTP interface of a register. */
export function createApp(register) {
  const routes = [
    { route: /^POST \/finds$/, answer: body => attempt(400, () => [201, register.add(body)]) },
    { route: /^GET \/finds\?words=(.*)$/, answer: (_body, words) => [200, find(words)] },
    { route: /^POST \/finds\/(\d+)\/handover$/, answer: handOver },
  ]

  function find(words) {
    return search(register.lost(), words)
  }

  function handOver({ to }, number) {
    if (!register.find(Number(number))) return [404, { error: `Unknown find ${number}.` }]
    return attempt(409, () => [200, register.handOver(Number(number), to)])
  }

  return createServer(async (request, response) => {
    const line = `${request.method} ${decodeURIComponent(request.url.replaceAll('+', ' '))}`
    const match = routes.find(({ route }) => route.test(line))
    const body = request.method === 'POST' ? await json(request).catch(() => ({})) : {}
    const [status, answer] = match
      ? match.answer(body, match.route.exec(line)[1])
      : [404, { error: `Unknown request ${line}.` }]
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer))
  })
}

/** The answer, or this status with the error message. */
function attempt(status, answer) {
  try {
    return answer()
  } catch ({ message }) {
    return [status, { error: message }]
  }
}
