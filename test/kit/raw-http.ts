import { connect } from 'node:net'

/** What came back for bytes that were written to a socket. */
export interface RawAnswer {
  status: number
  headers: Record<string, string>
  body: string
}

/** Writes these parts to a new connection, each when the earlier one was sent, and reads until the server closes it. */
export function rawRequest(port: number, ...parts: (string | Buffer)[]): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: '127.0.0.1', port })
    let text = ''
    socket.on('data', (chunk: Buffer) => (text += chunk.toString('latin1')))
    socket.on('error', error => (text === '' ? reject(error) : undefined))
    socket.on('close', () => resolve(parsed(text)))
    const send = (at: number) => {
      const part = parts[at]
      if (part !== undefined) socket.write(part, () => send(at + 1))
    }
    socket.on('connect', () => send(0))
  })
}

/** A request as bytes, with `Connection: close`. A header can be repeated, and left out with an empty list. */
export function requestText(
  line: string,
  headers: Record<string, string | string[]>,
  body = '',
): string {
  const all = {
    connection: 'close',
    ...(body && { 'content-length': String(body.length) }),
    ...headers,
  }
  const lines = Object.entries(all).flatMap(([name, values]) =>
    [values].flat().map(value => `${name}: ${value}`),
  )
  return [`${line} HTTP/1.1`, ...lines, '', body].join('\r\n')
}

function parsed(text: string): RawAnswer {
  const [head = '', ...rest] = text.split('\r\n\r\n')
  const [status = '', ...lines] = head.split('\r\n')
  const headers = lines.map(line => line.split(/:\s*/, 2))
  return {
    status: Number(status.split(' ')[1] ?? 0),
    headers: Object.fromEntries(
      headers.map(([name = '', value = '']) => [name.toLowerCase(), value]),
    ),
    body: rest.join('\r\n\r\n'),
  }
}
