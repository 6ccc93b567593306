import { describe, expect, it, onTestFinished } from 'vitest'
import { HttpServer } from '../../../src/server/http/http-server.ts'
import { temporaryFolder } from '../../kit/folder.ts'
import { INITIALIZE } from '../../kit/initialize.ts'

const TOKEN = 'a-token-of-these-tests-0123456789-0123456789'
const OWN = { host: '127.0.0.1', token: TOKEN, pageToken: `${TOKEN}-page` }

/** A server of two projects with few sessions, and how to send it messages about one of them. */
async function listening(sessions: { sessions: number; idleMs: number }) {
  const workspaces = ['shop', 'blog'].map(name => ({ name, root: temporaryFolder() }))
  const limits = { sessions }
  const server = new HttpServer({ ...OWN, port: 0, workspaces, limits })
  const url = await server.listen()
  onTestFinished(() => server.stop())
  const send = (method: string, session?: string, message?: object, workspace = 'shop') =>
    fetch(`${url}mcp?workspace=${workspace}`, {
      method,
      headers: {
        authorization: `Bearer ${TOKEN}`,
        accept: 'application/json, text/event-stream',
        ...(session !== undefined && { 'mcp-session-id': session }),
        ...(message && { 'content-type': 'application/json' }),
      },
      ...(message && { body: JSON.stringify({ jsonrpc: '2.0', id: 1, ...message }) }),
    })
  return {
    open: async () => {
      const answer = await send('POST', undefined, INITIALIZE)
      await answer.text()
      return answer.headers.get('mcp-session-id') ?? `status ${answer.status}`
    },
    /** The status of a request in a session, or without one. */
    ping: async (session?: string, workspace?: string) => {
      const answer = await send('POST', session, { method: 'ping' }, workspace)
      await answer.text()
      return answer.status
    },
    listen: (session: string) => send('GET', session),
    end: (session: string) => send('DELETE', session),
  }
}

describe('the sessions of the 2025 protocols', () => {
  it('make place for a new one by ending the one that was idle for the longest time', async () => {
    const { open, ping } = await listening({ sessions: 2, idleMs: 60_000 })
    const [first, second] = [await open(), await open()]
    expect(await ping(first)).toBe(200)
    const third = await open()
    expect(await ping(second)).toBe(404)
    expect(await ping(first)).toBe(200)
    expect(await ping(third)).toBe(200)
  })

  it('are refused if all that there may be have a stream, and go on when one ends', async () => {
    const { open, ping, listen, end } = await listening({ sessions: 2, idleMs: 60_000 })
    const all = [await open(), await open()]
    for (const session of all) expect((await listen(session)).status).toBe(200)
    expect(await open()).toBe('status 503')
    await end(all[0] ?? '')
    expect(await ping(await open())).toBe(200)
    expect(await ping(all[1] ?? '')).toBe(200)
  })

  it('end when nobody has used them for a time', async () => {
    const { open, ping } = await listening({ sessions: 2, idleMs: 20 })
    const session = await open()
    await expect.poll(() => ping(session), { interval: 100, timeout: 60_000 }).toBe(404)
  })

  it('do not end while a stream is open', async () => {
    const { open, listen, ping } = await listening({ sessions: 5, idleMs: 1000 })
    const session = await open()
    expect((await listen(session)).status).toBe(200)
    const idle = await open()
    await expect.poll(() => ping(idle), { interval: 1500, timeout: 60_000 }).toBe(404)
    expect(await ping(session)).toBe(200)
  })

  it('cannot be guessed, belong to one project, and nothing but initialize works without one', async () => {
    const { open, ping } = await listening({ sessions: 2, idleMs: 60_000 })
    const session = await open()
    expect(await ping(session, 'shop')).toBe(200)
    expect(await ping(session, 'blog')).toBe(404)
    expect(await ping('00000000-0000-0000-0000-000000000000')).toBe(404)
    expect(await ping()).toBe(400)
  })
})
