import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, symlinkSync } from 'node:fs'
import { createServer } from 'node:http'
import path from 'node:path'
import process from 'node:process'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { freePort } from '../../../../src/runner/ports.ts'
import { applicationProject, failed, gate, listening, see } from '../../../kit/application.ts'
import { makeProject } from '../../../kit/project.ts'

/** A sample application: an HTTP interface without pages, which pages of another site call. */
const WEATHER = `import { createServer } from 'node:http'
createServer((req, res) => {
  const allowed = process.env.ALLOWED_ORIGIN
  if (allowed) res.setHeader('access-control-allow-origin', allowed)
  if (allowed) res.setHeader('access-control-allow-headers', 'content-type')
  if (req.method === 'OPTIONS') return res.writeHead(204).end()
  if (req.url === '/weather') return res.end('{"sky":"blue"}')
  if (req.method === 'POST' && req.url === '/reports') return res.writeHead(201).end('{}')
  res.writeHead(404).end()
}).listen(process.env.PORT)
`
/** Beside Node, where its installers put it. */
const NPM = path.join(path.dirname(process.execPath), 'npm')
const SHOP = 'https://shop.example'
const CALLED = {
  start: { command: 'node server.mjs', env: { ALLOWED_ORIGIN: SHOP }, readySeconds: 20 },
  callers: [SHOP],
  requestSeconds: 3,
  endpoints: [
    { path: '/weather', expect: { jsonPath: { sky: 'blue' } } },
    { method: 'POST', path: '/reports', json: { sky: 'grey' }, status: 201 },
  ],
}
const SELF_SIGNED =
  'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 1 -subj /CN=localhost'
const FILES = { 'server.mjs': WEATHER }

describe('an interface that pages of another site call', () => {
  it('passes', async () => {
    const seen = await see(applicationProject(FILES, CALLED))
    expect(failed(seen)).toEqual({})
    expect(gate(seen, 'flows')?.verdict).toBe('not needed')
  })

  it('fails without CORS for their origin, which is named as the cause', async () => {
    const start = { ...CALLED.start, env: {} }
    const seen = await see(applicationProject(FILES, { ...CALLED, start }))
    expect(failed(seen)['endpoints']?.[0]).toContain(
      `GET /weather lets no page of ${SHOP} read its answer: Access-Control-Allow-Origin is missing`,
    )
    expect(seen.known[0]?.cause).toContain('CORS')
  })

  it('fails on a 500, on an unexpected body, and on a missing path', async () => {
    const broken = WEATHER.replace('writeHead(201)', 'writeHead(500)').replace('blue', 'red')
    const endpoints = [...CALLED.endpoints, { path: '/gone' }]
    const seen = await see(
      applicationProject({ ...FILES, 'server.mjs': broken }, { ...CALLED, endpoints }),
    )
    expect(failed(seen)['endpoints']).toEqual([
      expect.stringMatching(/^GET \/weather has "red" at sky, and "blue" was expected/),
      expect.stringContaining('POST /reports answered 500, and 201 was expected'),
      expect.stringContaining('GET /gone answered 404'),
    ])
  })

  it('fails if it exits after its first request, or never gets ready', async () => {
    const mortal = WEATHER.replace("res.end('{", "res.on('finish', () => process.exit(0)).end('{")
    const dead = await see(applicationProject({ ...FILES, 'server.mjs': mortal }, CALLED))
    expect(failed(dead)['start']).toEqual(['it ended while it was checked (exit code 0)'])
    const start = { ...CALLED.start, readyLine: 'at your service', readySeconds: 0.5 }
    const never = await see(applicationProject(FILES, { ...CALLED, start }))
    expect(failed(never)['start']?.[0]).toMatch(/^it did not print "at your service" within \d+ s$/)
  })
})

describe('an application that behaves badly', () => {
  it.skipIf(process.platform !== 'linux')(
    'is stopped if it moves to the background, and that is reported',
    async () => {
      const start = { ...CALLED.start, command: 'node away.mjs' }
      const away = `import { spawn } from 'node:child_process'
spawn('setsid', ['node', 'server.mjs'], { detached: true, stdio: 'ignore' }).unref()`
      const project = applicationProject({ ...FILES, 'away.mjs': away }, { ...CALLED, start })
      expect(failed(await see(project))['start']?.[0]).toContain(
        'left processes behind, which were stopped',
      )
    },
  )

  it.each([
    ['linux', []],
    ['darwin', ['Whether it is this program that listens there was not checked']],
  ] as const)(
    'on %s says what was not checked of the program on its port',
    async (system, says) => {
      vi.spyOn(process, 'platform', 'get').mockReturnValue(system)
      onTestFinished(() => void vi.restoreAllMocks())
      const seen = await see(applicationProject(FILES, CALLED))
      const texts = gate(seen, 'start')?.checks?.map(({ text }) => text) ?? []
      expect(gate(seen, 'start')?.verdict).toBe('pass')
      expect(texts.filter(text => text.includes('not checked'))).toEqual(says)
    },
  )

  it('is stopped when the call is cancelled', async () => {
    const controller = new AbortController()
    const hanging = WEATHER.replace(`res.end('{"sky":"blue"}')`, 'fetch(process.env.TARGET)')
    const port = await listening(() => controller.abort())
    const start = { ...CALLED.start, env: { TARGET: `http://localhost:${port}/asked` } }
    const project = applicationProject({ 'server.mjs': hanging }, { ...CALLED, start })
    await expect(see(project, controller)).rejects.toThrow(/aborted/)
  })

  it('is not started if its port is in use, and the finding names the process', async () => {
    const port = await listening(() => {})
    const start = { ...CALLED.start, url: `http://localhost:${port}` }
    const seen = await see(applicationProject(FILES, { ...CALLED, start }))
    expect(failed(seen)['start']?.[0]).toMatch(
      new RegExp(`^port ${port} is taken by .+, so nothing was started$`),
    )
  })

  it.skipIf(process.platform !== 'linux')(
    'is not ready because another program answers on its port',
    async () => {
      const port = await freePort()
      const start = { command: 'node idle.mjs', url: `http://localhost:${port}`, readySeconds: 2 }
      const idle = `import { writeFileSync } from 'node:fs'
writeFileSync('up', '')
setInterval(() => {}, 1000)`
      const project = applicationProject({ 'idle.mjs': idle }, { ...CALLED, start })
      const seen = see(project)
      await vi.waitUntil(() => existsSync(`${project.root}/up`), { timeout: 30_000 })
      const other = createServer((_, response) => void response.end('{"sky":"blue"}'))
      other.listen(port)
      onTestFinished(() => void other.close())
      expect(failed(await seen)['start']?.[0]).toMatch(
        /^it did not listen on http:\S+ itself \(.+ \(process \d+\) does, and it did not start that\)/,
      )
    },
  )

  const serving = (host: string) =>
    WEATHER.replace('.listen(process.env.PORT)', `.listen(process.env.PORT, '${host}')`)
  it.skipIf(process.platform !== 'linux').each([
    ['on IPv6 alone', { 'server.mjs': serving('::1') }, 'node server.mjs'],
    ['below a shell and npm', {}, 'npm run start'],
    [
      'in workers',
      {
        'server.mjs': `import cluster from 'node:cluster'
if (cluster.isPrimary) { cluster.fork(); cluster.fork() } else await import('./worker.mjs')`,
        'worker.mjs': WEATHER,
      },
      'node server.mjs',
    ],
    [
      'in a child without its environment',
      {
        'bare.mjs': `import { spawn } from 'node:child_process'
const { PATH, PORT } = process.env
spawn('node', ['server.mjs'], { stdio: 'inherit', env: { PATH, PORT } })`,
      },
      'node bare.mjs',
    ],
  ])('is ready if it listens %s', async (_, files, command) => {
    const scripts = { start: 'sh -c "node server.mjs; true"' }
    const all = { ...FILES, 'package.json': JSON.stringify({ scripts }), ...files }
    const start = { command, url: `http://localhost:${await freePort()}`, readySeconds: 30 }
    const seen = await see(
      applicationProject(all, { start: { ...start, env: { PORT: start.url.slice(17) } } }),
    )
    expect(failed(seen)['start']).toBeUndefined()
    expect(gate(seen, 'start')?.passed).toBe(true)
  })

  it('is stopped if it prints without end', async () => {
    const loud = "const more = () => process.stdout.write('x'.repeat(65536) + '\\n', more); more()"
    const project = applicationProject({ ...FILES, 'server.mjs': loud }, CALLED)
    const settings = { validation: CALLED, limits: { outputMegabytes: 4 } }
    project.write('redgreen.config.json', JSON.stringify(settings))
    expect(failed(await see(project))['start']?.[0]).toMatch(
      /^it printed \d+ MB and was stopped before/,
    )
  })

  it('gets no answer on standard input, and its question is reported', async () => {
    // Long enough for the program to start on a loaded machine.
    const start = { ...CALLED.start, readySeconds: 5 }
    const asking = `${WEATHER.replace('.listen(process.env.PORT)', '')}
process.stdout.write('Overwrite the database? [y/N] '); setInterval(() => {}, 1000)`
    const seen = await see(
      applicationProject({ ...FILES, 'server.mjs': asking }, { ...CALLED, start }),
    )
    expect(failed(seen)['start']?.[0]).toContain('did not listen')
    expect(seen.known[0]?.symptom).toContain('Overwrite the database? [y/N]')
  })

  it('is called with limits on redirects, size and time', async () => {
    const wild = `import { createServer } from 'node:http'
createServer((req, res) => {
  if (req.url === '/round') return res.writeHead(302, { location: '/round' }).end()
  if (req.url === '/big') { const more = () => res.write(Buffer.alloc(1 << 20), more); return more() }
  if (req.url === '/slow') return res.write('and then')
  res.socket.destroy()
}).listen(process.env.PORT)`
    const endpoints = ['/round', '/big', '/slow', '/cut'].map(path => ({ path }))
    const project = applicationProject({ ...FILES, 'server.mjs': wild }, { ...CALLED, endpoints })
    expect(failed(await see(project))['endpoints']).toEqual([
      'GET /round redirected more than 10 times, last to /round',
      'GET /big answered 200 with more than 8 MB, so the rest was not read',
      'GET /slow answered 200 and did not finish in time',
      expect.stringContaining('GET /cut closed the connection'),
    ])
  })

  it('is the only server that is called', async () => {
    const asked: string[] = []
    const other = await listening(url => asked.push(url))
    const away = `import { createServer } from 'node:http'
createServer((req, res) => res.writeHead(302, { location: 'http://localhost:${other}/away' }).end()).listen(process.env.PORT)`
    const endpoints = [
      { path: '/' },
      { path: `http://localhost:${other}/direct` },
      { path: '/', status: 302 },
    ]
    const request = { path: `http://localhost:${other}/flow` }
    const flows = [{ name: 'Away', steps: [{ request }] }]
    const validation = { ...CALLED, callers: [], endpoints, flows, frontend: false }
    const seen = await see(applicationProject({ ...FILES, 'server.mjs': away }, validation))
    expect(failed(seen)).toEqual({
      endpoints: [
        expect.stringContaining('is not the application that was started, so it was not requested'),
        expect.stringContaining('leads out of the application, so it was not requested'),
      ],
      flows: [expect.stringContaining('leads out of the application, so it was not requested')],
    })
    expect(asked).toEqual([])
  })

  it('is not called at an address of another machine', async () => {
    const seen = await see(
      applicationProject(FILES, { ...CALLED, health: 'https://example.org/health' }),
    )
    expect(failed(seen)['start']?.[0]).toContain(
      'https://example.org/health is not on this machine',
    )
  })

  it.skipIf(spawnSync('openssl', ['version']).status !== 0)(
    'fails with an untrusted certificate, unless the settings allow it',
    async () => {
      const secure = WEATHER.replace('node:http', 'node:https').replace(
        'createServer((',
        "createServer({ key: readFileSync('key.pem'), cert: readFileSync('cert.pem') }, (",
      )
      const server = `import { readFileSync } from 'node:fs'\n${secure}`
      const url = `https://localhost:${await freePort()}`
      const start = { ...CALLED.start, url }
      const project = applicationProject({ ...FILES, 'server.mjs': server }, { ...CALLED, start })
      execFileSync('openssl', `${SELF_SIGNED} -keyout key.pem -out cert.pem`.split(' '), {
        cwd: project.root,
        stdio: 'ignore',
      })
      expect(failed(await see(project))['endpoints']?.[0]).toMatch(
        /^GET \/weather has a certificate that is not trusted .*start\.selfSigned$/,
      )
      const allowed = { ...CALLED, start: { ...start, selfSigned: true } }
      project.write('redgreen.config.json', JSON.stringify({ validation: allowed }))
      expect(failed(await see(project))).toEqual({})
    },
  )

  it.skipIf(!existsSync(NPM))(
    'is started by npm although the PATH of the server has no folder of Node',
    async () => {
      const { root } = makeProject({}, { git: false })
      symlinkSync('/bin/sh', path.join(root, 'sh'))
      vi.stubEnv('PATH', root)
      onTestFinished(() => void vi.unstubAllEnvs())
      const start = { ...CALLED.start, command: 'npm start' }
      const manifest = JSON.stringify({ type: 'module', scripts: { start: 'node server.mjs' } })
      const project = applicationProject(
        { ...FILES, 'package.json': manifest },
        { ...CALLED, start },
      )
      expect(failed(await see(project))).toEqual({})
    },
  )

  it('needs a start command that works without a shell', async () => {
    const start = { command: 'node server.mjs > log & sleep 1' }
    const seen = await see(applicationProject(FILES, { ...CALLED, start }))
    expect(failed(seen)['start']?.[0]).toContain('needs a shell for ">"')
    const missing = see(
      applicationProject(FILES, { ...CALLED, start: { command: 'no-such-program' } }),
    )
    await expect(missing).rejects.toMatchObject({
      code: 'no_command',
      message: expect.stringContaining('The program no-such-program was not found.'),
    })
  })
})

describe('the application to start', () => {
  it('is found in the project, and may choose its own port', async () => {
    const own = await freePort()
    const server = `${WEATHER.replace('process.env.PORT', String(own))}console.log('http://localhost:${own}')\n`
    const manifest = JSON.stringify({ type: 'module', scripts: { start: 'node server.mjs' } })
    const { start: _, ...found } = { ...CALLED, callers: [] }
    const project = applicationProject({ 'package.json': manifest, 'server.mjs': server }, found)
    const seen = await see(project)
    expect(failed(seen)).toEqual({})
    expect(gate(seen, 'start')?.checks[0]?.text).toBe('Command: `npm start`')
    expect(gate(seen, 'start')?.checks[1]?.text).toContain(`http://localhost:${own}`)
  })

  it('is none if the settings say so', async () => {
    const seen = await see(applicationProject(FILES, { start: false }))
    expect(failed(seen)).toEqual({})
    expect(new Set(seen.gates.map(({ verdict }) => verdict))).toEqual(new Set(['not needed']))
  })

  it('is not guessed', async () => {
    const seen = await see(applicationProject({}, {}))
    expect(gate(seen, 'start')).toMatchObject({ verdict: 'not checked', passed: false })
  })
})
