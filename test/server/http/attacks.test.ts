import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { onTestFinished, describe, expect, it } from 'vitest'
import { HttpServer, type HttpLimits } from '../../../src/server/http/http-server.ts'
import { readToken } from '../../../src/store/token-file.ts'
import { temporaryFolder } from '../../kit/folder.ts'
import { INITIALIZE } from '../../kit/initialize.ts'
import { rawRequest, requestText, type RawAnswer } from '../../kit/raw-http.ts'

const TOKEN = 'a-token-of-these-tests-0123456789-0123456789'
const PAGE_TOKEN = 'another-token-of-these-tests-0123456789-01234'
const OWN = { host: '127.0.0.1', token: TOKEN, pageToken: PAGE_TOKEN }

/** A server that listens in this process. */
async function listening(limits: Partial<HttpLimits> = {}): Promise<{ port: number; url: string }> {
  const workspaces = [{ name: 'shop', root: temporaryFolder() }]
  const server = new HttpServer({ ...OWN, port: 0, workspaces, limits })
  const url = await server.listen()
  onTestFinished(() => server.stop())
  return { port: Number(new URL(url).port), url }
}

/** What a client that means well sends, in both protocols. */
const BODY = JSON.stringify({ jsonrpc: '2.0', ...INITIALIZE })

type Headers = Record<string, string | string[]>

function good(port: number): Headers {
  return {
    host: `127.0.0.1:${port}`,
    authorization: `Bearer ${TOKEN}`,
    'content-type': 'application/json',
    accept: 'application/json, text/event-stream',
  }
}

/** Sends the request of a good client with some headers changed. */
async function post(
  port: number,
  changed: (port: number) => Headers = () => ({}),
  { target = '/mcp', body = BODY } = {},
): Promise<RawAnswer> {
  return rawRequest(port, requestText(`POST ${target}`, { ...good(port), ...changed(port) }, body))
}

describe('a client that means well', () => {
  it('is answered', async () => {
    const { port } = await listening()
    const answer = await post(port)
    expect(answer.status).toBe(200)
    expect(answer.headers['mcp-session-id']).toMatch(/^[\w-]{36}$/)
  })

  it.each(['127.0.0.1', 'localhost', 'LOCALHOST', '[::1]'])(
    'may call the server %s',
    async name => {
      const { port } = await listening()
      expect((await post(port, port => ({ host: `${name}:${port}` }))).status).toBe(200)
    },
  )

  it('may be a page of this server', async () => {
    const { port } = await listening()
    const own = (port: number) => ({
      origin: `http://127.0.0.1:${port}`,
      'sec-fetch-site': 'same-origin',
    })
    expect((await post(port, own)).status).toBe(200)
  })

  it('may follow a link to the page from another site, and nothing else', async () => {
    const { port } = await listening()
    const link = {
      host: `127.0.0.1:${port}`,
      'sec-fetch-site': 'cross-site',
      'sec-fetch-mode': 'navigate',
      'sec-fetch-dest': 'document',
    }
    const statusOf = async (target: string, headers: Record<string, string> = {}) =>
      (await rawRequest(port, requestText(target, { ...link, ...headers }))).status
    expect(await statusOf('GET /')).toBe(200)
    expect(await statusOf('GET /', { 'sec-fetch-dest': 'iframe' })).toBe(403)
    expect(await statusOf('GET /', { 'sec-fetch-mode': 'no-cors' })).toBe(403)
    expect(await statusOf('GET /health')).toBe(403)
    expect(await statusOf('GET /?a')).toBe(403)
  })

  it('sees whether the server runs, without the token and without a secret', async () => {
    const { port } = await listening()
    const answer = await rawRequest(port, requestText('GET /health', { host: `127.0.0.1:${port}` }))
    expect(answer.status).toBe(200)
    expect(answer.body).toContain('"status":"ok"')
    expect(answer.body).not.toContain('shop')
  })
})

describe('the HTTP server refuses', () => {
  it.each([
    ['another site', (port: number) => `evil.example:${port}`],
    ['a name that the attacker let point here (DNS rebinding)', () => 'rebind.example'],
    ['another port', (port: number) => `127.0.0.1:${port - 1}`],
    ['no port', () => '127.0.0.1'],
    ['a name that ends like ours', (port: number) => `evil-localhost:${port}`],
    ['a user name before ours', (port: number) => `evil@127.0.0.1:${port}`],
  ])('a request for %s', async (_, host) => {
    const { port } = await listening()
    expect((await post(port, port => ({ host: host(port) }))).status).toBe(403)
  })

  it('a request with two hosts', async () => {
    const { port } = await listening()
    const two = (port: number) => ({ host: [`127.0.0.1:${port}`, 'evil.example'] })
    expect((await post(port, two)).status).toBe(403)
  })

  it.each([
    ['another site', () => 'https://evil.example'],
    ['another program on this machine', (port: number) => `http://127.0.0.1:${port + 1}`],
    ['another name of this server', (port: number) => `http://localhost:${port}`],
    ['this server by https', (port: number) => `https://127.0.0.1:${port}`],
    ['a page without an origin, such as a file or a sandbox', () => 'null'],
    ['an empty origin', () => ''],
  ])('a page of %s', async (_, origin) => {
    const { port } = await listening()
    expect((await post(port, port => ({ origin: origin(port) }))).status).toBe(403)
  })

  it.each(['cross-site', 'same-site'])('what a browser marks as %s', async site => {
    const { port } = await listening()
    expect((await post(port, () => ({ 'sec-fetch-site': site }))).status).toBe(403)
  })

  it.each([
    ['no token', []],
    ['an empty token', 'Bearer '],
    ['a wrong token', `Bearer ${TOKEN}x`],
    ['the beginning of the token', `Bearer ${TOKEN.slice(0, -1)}`],
    ['another scheme', `Basic ${TOKEN}`],
  ])('a request with %s', async (_, authorization) => {
    const { port } = await listening()
    const answer = await post(port, () => ({ authorization }))
    expect(answer.status).toBe(401)
    expect(answer.headers['www-authenticate']).toBe('Bearer realm="redgreen"')
    expect(answer.body).not.toContain(TOKEN)
  })

  it('a body that is too long by its own word', async () => {
    const { port } = await listening()
    const headers = { ...good(port), 'content-length': String(5 * 1024 * 1024) }
    const answer = await rawRequest(port, requestText('POST /mcp', headers))
    expect(answer.status).toBe(413)
  })

  it('a body that turns out to be too long', async () => {
    const { port } = await listening()
    const headers = { ...good(port), 'transfer-encoding': 'chunked' }
    const chunk = Buffer.alloc(1024 * 1024, 'x')
    const parts = Array.from({ length: 5 }, () => [
      `${chunk.length.toString(16)}\r\n`,
      chunk,
      '\r\n',
    ]).flat()
    const answer = await rawRequest(port, requestText('POST /mcp', headers), ...parts, '0\r\n\r\n')
    expect(answer.status).toBe(413)
  })

  it('a body that does not come to its end', async () => {
    const { port } = await listening({ requestMs: 200, headersMs: 200 })
    const headers = { ...good(port), 'content-length': '100' }
    const answer = await rawRequest(port, requestText('POST /mcp', headers), '{"jsonrpc"')
    expect(answer.status).toBe(408)
  })

  it('headers that do not come to their end', async () => {
    const { port } = await listening({ requestMs: 60_000, headersMs: 200 })
    const answer = await rawRequest(port, `POST /mcp HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\n`)
    expect(answer.status).toBe(408)
  })

  it.each(['PUT', 'PATCH', 'OPTIONS', 'TRACE', 'HEAD'])('the method %s', async method => {
    const { port } = await listening()
    const { host = '', authorization = '' } = good(port)
    const answer = await rawRequest(port, requestText(`${method} /mcp`, { host, authorization }))
    expect(answer.status).toBe(405)
    expect(answer.headers['access-control-allow-origin']).toBeUndefined()
  })

  it.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'text/plain; a=application/json',
    'application/json; charset=utf-7',
    [],
  ])('a body of the type %s', async type => {
    const { port } = await listening()
    expect((await post(port, () => ({ 'content-type': type }))).status).toBe(415)
  })

  it('a compressed body', async () => {
    const { port } = await listening()
    expect((await post(port, () => ({ 'content-encoding': 'gzip' }))).status).toBe(415)
  })

  it.each([`[${BODY}]`, '[]', '"text"', '{', 'null'])('the body %s', async body => {
    const { port } = await listening()
    const answer = await post(port, () => ({}), { body })
    expect(answer.status).toBe(400)
    expect(answer.headers['mcp-session-id']).toBeUndefined()
  })

  it.each([
    '/x/../mcp',
    '//mcp',
    '/./mcp',
    '/%2e%2e/mcp',
    '/mcp%2f',
    '/mcp%00',
    '/%256dcp',
    '/x\\..\\mcp',
    'http://127.0.0.1/mcp',
    '*',
  ])('the path %s', async target => {
    const { port } = await listening()
    expect((await post(port, () => ({}), { target })).status).toBe(400)
  })

  it.each(['/mcp/', '/MCP', '/mcp/x', '/%6dcp'])('the path %s, where nothing is', async target => {
    const { port } = await listening()
    expect((await post(port, () => ({}), { target })).status).toBe(404)
  })

  it('a second server on its port', async () => {
    const { port } = await listening()
    const workspaces = [{ name: 'shop', root: temporaryFolder() }]
    const second = new HttpServer({ ...OWN, port, workspaces })
    await expect(second.listen()).rejects.toThrow('EADDRINUSE')
  })
})

describe('the token of the page', () => {
  const withToken = (token: string) => () => ({ authorization: `Bearer ${token}` })

  it.each(['session', 'question', 'decision', 'replay', 'stop'])(
    'is needed for %s, which the token of the clients does not allow',
    async name => {
      const { port } = await listening()
      const answer = await post(port, withToken(TOKEN), { target: `/page/${name}`, body: '{}' })
      expect(answer.status).toBe(401)
    },
  )

  it('lets the page decide, and calls no tool', async () => {
    const { port } = await listening()
    const own = withToken(PAGE_TOKEN)
    expect((await post(port, own, { target: '/page/session', body: '{}' })).status).toBe(200)
    expect((await post(port, own)).status).toBe(401)
  })
})

describe('the token file', () => {
  const isUnix = process.platform !== 'win32'

  it('is created with 256 random bits that only its user can read', () => {
    const file = path.join(temporaryFolder(), 'deep', 'token')
    const { text, isNew } = readToken(file)
    expect(isNew).toBe(true)
    expect(text).toMatch(/^[\w-]{43}$/)
    expect(readToken(file)).toEqual({ text, file, isNew: false })
  })

  it.runIf(isUnix).each([0o644, 0o640, 0o604, 0o602])('is refused with the mode %o', mode => {
    const file = path.join(temporaryFolder(), 'token')
    writeFileSync(file, TOKEN)
    chmodSync(file, mode)
    expect(() => readToken(file)).toThrow('can be read by other users')
    chmodSync(file, 0o600)
    expect(readToken(file).text).toBe(TOKEN)
  })

  it.runIf(isUnix)('is refused if it is a link, also one that leads nowhere', () => {
    const folder = temporaryFolder()
    writeFileSync(path.join(folder, 'real'), TOKEN, { mode: 0o600 })
    for (const target of ['real', 'missing']) {
      const file = path.join(folder, `to-${target}`)
      symlinkSync(path.join(folder, target), file)
      expect(() => readToken(file)).toThrow('is a symbolic link')
    }
  })

  it('is refused if it is a folder', () => {
    const file = path.join(temporaryFolder(), 'token')
    mkdirSync(file)
    expect(() => readToken(file)).toThrow('is not a file')
  })

  it.each(['', 'short', `${TOKEN} ${TOKEN}`, 'x'.repeat(5000)])(
    'is refused with the text %j',
    text => {
      const file = path.join(temporaryFolder(), 'token')
      writeFileSync(file, text, { mode: 0o600 })
      expect(() => readToken(file)).toThrow('holds no token')
    },
  )
})
