import http from 'node:http'

/**
 * A proxy for programs that cannot send our token: it adds the header and passes on everything else. The names of the proxy become
 * those of the server; any other host or origin stays as it is, so that the server refuses it.
 */
export async function openTokenProxy(
  target: string,
  token: string,
): Promise<{ url: string; server: http.Server }> {
  const { hostname, port, host } = new URL(target)
  let own = ''
  const renamed = (text: string) =>
    text.replace(`127.0.0.1:${own}`, host).replace(`localhost:${own}`, host)
  const server = http.createServer((request, response) => {
    const { host: from = '', origin, ...headers } = request.headers
    const forwarded = http.request(
      {
        hostname,
        port,
        method: request.method,
        path: request.url,
        headers: {
          ...headers,
          host: renamed(from),
          ...(origin !== undefined && { origin: renamed(origin) }),
          authorization: `Bearer ${token}`,
        },
      },
      answer => {
        response.writeHead(answer.statusCode ?? 502, answer.headers)
        answer.pipe(response)
      },
    )
    forwarded.on('error', () => response.destroy())
    response.on('close', () => forwarded.destroy())
    request.pipe(forwarded)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  own = String(typeof address === 'object' && address !== null ? address.port : 0)
  return { url: `http://127.0.0.1:${own}/`, server }
}
