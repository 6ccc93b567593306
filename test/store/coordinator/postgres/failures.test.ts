import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { chownSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest'
import { StoreUnreachable } from '../../../../src/store/coordinator/coordinator.ts'
import { temporaryFolder } from '../../../kit/folder.ts'
import { canMount, mounted } from '../../../kit/mounts.ts'
import { PASSWORD, POSTGRES, TestPostgres } from '../../../kit/postgres.ts'
import { give, ME, nextProject, openStore, outcome, THEM } from '../../../kit/postgres-store.ts'
import { TestChain } from '../../../kit/shared-lines.ts'
import { TcpProxy } from '../../../kit/tcp-proxy.ts'

let server: TestPostgres
let url: string

/** Why something does not work. The password is in no reason. */
async function reason(attempt: Promise<unknown>): Promise<string> {
  const error: unknown = await attempt.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  expect(error).toBeInstanceOf(StoreUnreachable)
  const text =
    error instanceof Error ? `${error.message}${error.stack}${JSON.stringify(error)}` : ''
  expect(text).not.toContain('word:of')
  expect(text).not.toContain(encodeURIComponent(PASSWORD))
  expect(text).not.toContain('hunter2')
  return error instanceof Error ? error.message : ''
}

async function proxied() {
  const proxy = await TcpProxy.start(server.port)
  onTestFinished(() => proxy.close())
  return { proxy, url: server.url('db1', { port: proxy.port }) }
}

describe.skipIf(POSTGRES === undefined)('a database that cannot be used', () => {
  beforeAll(async () => {
    server = await TestPostgres.start()
    url = await server.database()
  }, 120_000)
  afterAll(() => server.end())

  it('because the password, the database or the role is wrong', async () => {
    const wrong = server.url('db1', { password: 'hunter2' })
    expect(await reason(openStore(wrong))).toBe(
      'the database db1 does not accept the role redgreen with this password',
    )
    expect(await reason(openStore(server.url('none')))).toBe('there is no database none')
    expect(await reason(openStore(server.url('db1', { user: 'nobody' })))).toContain('nobody')
    const without = `postgres://redgreen@127.0.0.1:${server.port}/db1`
    expect(await reason(openStore(without))).toBe('the role redgreen needs a password')
  })

  it('because there is no password, and then leaves no connection open', async () => {
    const { proxy } = await proxied()
    const without = `postgres://redgreen@127.0.0.1:${proxy.port}/db1`
    expect(await reason(openStore(without))).toBe('the role redgreen needs a password')
    // The database waits a minute for a client that says nothing.
    await vi.waitFor(() => expect(proxy.connections).toBe(0), { timeout: 20_000 })
  })

  it('although the user’s own password would be right: a URL of a repository does not get it', async () => {
    const file = path.join(temporaryFolder(), 'pgpass')
    const escaped = PASSWORD.replaceAll(':', String.raw`\:`)
    writeFileSync(file, `*:*:*:*:${escaped}\n`, { mode: 0o600 })
    const without = `postgres://redgreen@127.0.0.1:${server.port}/db1`
    onTestFinished(() => void vi.unstubAllEnvs())
    for (const [name, value] of [
      ['PGPASSWORD', PASSWORD],
      ['PGPASSFILE', file],
    ] as const) {
      vi.unstubAllEnvs()
      vi.stubEnv(name, value)
      expect(await reason(openStore(without))).toBe('the role redgreen needs a password')
      await openStore(without, { environment: process.env })
    }
  })

  it('because nothing listens, nothing answers, or something else does', async () => {
    const silent = createServer(() => {}).listen(0, '127.0.0.1')
    const http = createServer(socket => void socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'))
    http.listen(0, '127.0.0.1')
    onTestFinished(() => void [silent, http].map(one => one.close()))
    await Promise.all([once(silent, 'listening'), once(http, 'listening')])
    const portOf = (one: typeof http) => {
      const address = one.address()
      return typeof address === 'object' && address ? address.port : 0
    }
    const limits = { connect: 300 }
    const attempt = (port: number) => reason(openStore(server.url('db1', { port }), { limits }))
    expect(await attempt(portOf(silent))).toContain('gave no answer in time')
    expect(await attempt(portOf(http))).toContain('is not PostgreSQL: check host and port')
    expect(await attempt(1)).toContain('nothing accepts connections at 127.0.0.1:1')
    const socket = 'postgres://u:p@/d?host=/none'
    expect(await reason(openStore(socket))).toContain('there is no database at /none')
  })

  it('because what answers there is no database', async () => {
    const answers = [
      // A greeting of MySQL, one of SSH, an error of Redis, and a message that is shorter than it says.
      Buffer.from('4a0000000a382e302e333600080000000158', 'hex'),
      Buffer.from('SSH-2.0-OpenSSH_9.2p1\r\n'),
      Buffer.from('-ERR unknown command\r\n'),
      Buffer.from('5400000006ffff', 'hex'),
    ]
    const other = createServer(socket => {
      socket.on('error', () => {})
      socket.on('data', () => void socket.end(answers.shift() ?? ''))
    })
    other.listen(0, '127.0.0.1')
    onTestFinished(() => void other.close())
    await once(other, 'listening')
    const address = other.address()
    const port = typeof address === 'object' && address ? address.port : 0
    while (answers.length > 0) {
      const attempt = openStore(server.url('db1', { port }), { limits: { connect: 500 } })
      expect(await reason(attempt)).toMatch(/not PostgreSQL|lost|in time/)
    }
  })

  it('because it sends texts without an end, one after another', async () => {
    const login = Buffer.from('5200000008000000005a0000000549', 'hex')
    const error = Buffer.from('4500000009534552524f52', 'hex').subarray(0, 10)
    const answers = [error, Buffer.concat([login, error])]
    const other = createServer(socket => {
      socket.on('error', () => {})
      const [first] = answers.splice(0, 1)
      socket.on('data', () => void socket.write(first ?? ''))
    })
    other.listen(0, '127.0.0.1')
    onTestFinished(() => void other.close())
    await once(other, 'listening')
    const address = other.address()
    const port = typeof address === 'object' && address ? address.port : 0
    while (answers.length > 0)
      expect(await reason(openStore(server.url('db1', { port })))).toContain('is not PostgreSQL')
  })

  it('because it offers no TLS', async () => {
    expect(await reason(openStore(`${url}?sslmode=require`))).toContain('does not offer TLS')
  })

  it('because it has too many connections', async () => {
    const { port } = server
    await server.sql('postgres', `CREATE ROLE many LOGIN PASSWORD 'hunter2' CONNECTION LIMIT 0`)
    const many = server.url('db1', { user: 'many', password: 'hunter2', port })
    expect(await reason(openStore(many))).toContain('has too many connections')
  })

  it('because it stores texts in another encoding', async () => {
    const latin = await server.database(
      `TEMPLATE template0 ENCODING LATIN1 LC_COLLATE 'C' LC_CTYPE 'C'`,
    )
    expect(await reason(openStore(latin))).toContain('LATIN1')
  })

  it.each([
    ['before they are durable', 'cut', 0],
    ['after they are durable', 'cut after', 1],
  ] as const)('because the connection is cut while it adds lines, %s', async (_, how, expected) => {
    const { proxy, url: through } = await proxied()
    const project = nextProject()
    const store = await openStore(through, { project })
    const other = await openStore(url, { project })
    const addition = new TestChain().addition(0, 'a')
    proxy.onRequest = data => (data.includes('COMMIT\0') ? how : 'pass')
    expect(await reason(store.append('stack', addition))).toContain('was lost')
    proxy.onRequest = () => 'pass'
    // The next decision waits for the end of the one before it.
    await give(store, ME)
    expect((await store.readSince('stack', 0)).version).toBe(expected)
    const attempts = [await outcome(other.append('stack', addition))]
    attempts.push(await outcome(store.append('stack', addition)))
    expect(attempts).toEqual([expected === 0 ? 'recorded' : 'overtaken', 'overtaken'])
    expect((await other.readSince('stack', 0)).commits).toHaveLength(1)
  })

  it('because the connection is cut in a turn, which then changes nothing', async () => {
    const { proxy, url: through } = await proxied()
    const store = await openStore(through, { project: nextProject() })
    const attempt = store.withTurn(async turn => {
      await give(turn, ME)
      proxy.cutAll()
      await turn.append('stack', new TestChain().addition(0, 'a')).catch(() => {})
    })
    expect(await reason(attempt)).toContain('was lost')
    expect((await store.leases()).number).toBe(0)
    expect(await store.features()).toEqual([])
  })

  it('because an answer is lost in a turn, which fails although its work goes on', async () => {
    const { proxy, url: through } = await proxied()
    const store = await openStore(through, { project: nextProject() })
    proxy.onRequest = data => (data.includes('COMMIT\0') ? 'cut' : 'pass')
    const attempt = store.withTurn(async turn => {
      await give(turn, ME)
      await turn.append('stack', new TestChain().addition(0, 'a')).catch(() => {})
    })
    expect(await reason(attempt)).toContain('was lost')
  })

  it('for a moment, because an idle connection was lost without a sign: another one is used', async () => {
    const { proxy, url: through } = await proxied()
    const store = await openStore(through, { project: nextProject() })
    const cutOnce = () => {
      proxy.onRequest = () => {
        proxy.onRequest = () => 'pass'
        return 'cut'
      }
    }
    cutOnce()
    expect((await store.leases()).number).toBe(0)
    cutOnce()
    expect((await give(store, ME)).number).toBe(1)
  })

  it('because it gives no answer, for a limited time', async () => {
    const { proxy, url: through } = await proxied()
    const store = await openStore(through, { project: nextProject(), limits: { answer: 300 } })
    proxy.delay = () => 60_000
    expect(await reason(store.leases())).toContain('gave no answer in time')
    proxy.delay = () => 0
    expect((await store.leases()).number).toBe(0)
  })
})

describe.skipIf(POSTGRES === undefined)('a database that stops', () => {
  beforeAll(async () => {
    server = await TestPostgres.start()
    url = await server.database()
  }, 120_000)
  afterAll(() => server.end())

  it('at once makes calls fail until it runs again; idle connections make none fail afterwards', async () => {
    const store = await openStore(url, { project: nextProject() })
    const chain = new TestChain()
    const first = chain.addition(0, 'a')
    await store.append('stack', first)
    const attempt = store.withTurn(async turn => {
      await give(turn, ME)
      await server.stop('immediate')
      await turn.changeLeases({ table: await turn.leases(), leases: {} })
    })
    expect(await reason(attempt)).toMatch(/crashed|lost|shutting down/)
    expect(await reason(store.leases())).toContain('nothing accepts connections')
    await server.startAgain()
    expect((await store.leases()).number).toBe(0)
    chain.grow(first.commit)
    expect(await store.append('stack', chain.addition(1, 'b'))).toBe(2)
    await server.stop()
    await server.startAgain()
    expect((await store.readSince('stack', 0)).version).toBe(2)
    await give(store, THEM)
  })

  it('and starts again as a copy that can only be read makes changes fail', async () => {
    const store = await openStore(url, { project: nextProject() })
    await give(store, ME)
    await server.stop()
    server.writeData('standby.signal', '')
    await server.startAgain()
    expect((await store.leases()).number).toBe(1)
    expect(await reason(give(store, THEM))).toContain('can only be read')
    await server.stop()
    server.removeData('standby.signal')
    await server.startAgain()
    await give(store, THEM)
  })
})

describe.skipIf(POSTGRES === undefined || !canMount())('a full disk of the database', () => {
  it('makes calls fail, and nothing is damaged when there is space again', async () => {
    const one = await TestPostgres.start()
    onTestFinished(() => one.end())
    const folder = path.join(one.folder, 'small')
    mkdirSync(folder)
    onTestFinished(mounted(folder, 'size=24m'))
    chownSync(folder, 65_534, 65_534)
    await one.sql('postgres', `CREATE TABLESPACE small LOCATION '${folder}'`)
    const store = await openStore(await one.database('TABLESPACE small'))
    await store.append('stack', new TestChain().addition(0, 'a'))
    writeFileSync(path.join(folder, 'filler'), '')
    try {
      writeFileSync(path.join(folder, 'filler'), Buffer.alloc(64 * 1024 * 1024))
    } catch {
      // It is full now.
    }
    const big = new TestChain('abcdef0123.jsonl').addition(1, 'x'.repeat(3_000_000))
    const attached = { 'tests/stack/0.json': randomText(3_000_000) }
    expect(await reason(store.append('stack', { ...big, attached }))).toContain('is full')
    rmSync(path.join(folder, 'filler'))
    expect(await store.append('stack', { ...big, attached })).toBe(2)
  })
})

describe.skipIf(POSTGRES === undefined || !hasOpenssl())('a database with TLS', () => {
  it('is used only if its certificate is valid, unless the URL does not ask for that', async () => {
    const one = await TestPostgres.start()
    onTestFinished(() => one.end())
    const file = one.makeCertificate()
    await one.stop()
    await one.startAgain({ ssl: 'on' })
    const tls = await one.database()
    expect(await reason(openStore(`${tls}?sslmode=require`))).toContain('is not accepted')
    const trusted = tls.replace('127.0.0.1', 'localhost')
    const environment = {}
    await openStore(`${trusted}?sslrootcert=${file}`, { environment })
    expect(await reason(openStore(`${tls}?sslrootcert=${file}`, { environment }))).toContain(
      'is for another host',
    )
    await openStore(`${tls}?sslmode=no-verify`)
  })
})

function hasOpenssl(): boolean {
  try {
    execFileSync('openssl', ['version'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

/** A text that a database cannot make shorter. */
function randomText(length: number): string {
  let state = 1
  return Array.from({ length }, () => {
    state = (state * 48_271) % 2_147_483_647
    return String.fromCodePoint(33 + (state % 90))
  }).join('')
}
