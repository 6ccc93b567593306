import { execFileSync, spawnSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { freePort } from '../../../../src/runner/ports.ts'
import {
  applicationProject,
  failed,
  gate,
  hasBrowser,
  listening,
  see,
} from '../../../kit/application.ts'
import type { Project } from '../../../kit/project.ts'
import { GARDEN, GARDEN_VALIDATION } from './garden.ts'

const NO_FLOW = { ...GARDEN_VALIDATION, flows: [] }
const SELF_SIGNED =
  'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 1 -subj /CN=localhost'
/** For findings that need no browser: without one, they are found sooner. */
const NO_BROWSER = { ...NO_FLOW, browser: '/nowhere/chromium' }

describe.skipIf(!hasBrowser)('a built page in a real browser', () => {
  it('passes, with a flow on the page and screenshots', async () => {
    const project = garden()
    const seen = await see(project)
    expect(failed(seen)).toEqual({})
    expect(gate(seen, 'assets')?.checks.map(({ text }) => text)).toEqual([
      'GET / → 200 OK (HTML)',
      'GET /assets/garden.css → 200 OK',
      'GET /assets/leaf.svg → 200 OK',
      'GET /assets/garden.js → 200 OK',
    ])
    expect(gate(seen, 'flows')?.summary).toBe('1 of 1 from beginning to end')
    expect(gate(seen, 'console')?.summary).toBe('no errors')
    expect(seen.screenshots).toHaveLength(2)
    for (const { name } of seen.screenshots)
      expect(project.read(`.redgreen/local/screenshots/${name}`).slice(1, 4)).toBe('PNG')
  })

  it('fails on a console error, an uncaught error and a failed request', async () => {
    const asked: string[] = []
    const other = `http://localhost:${await listening(url => asked.push(url))}`
    const server = (GARDEN['server.mjs'] ?? '').replace(
      "if (pathname === '/api/beds')",
      `if (pathname === '/api/away') return res.writeHead(302, { location: '${other}/redirect' }).end()
  if (pathname === '/api/beds')`,
    )
    const script = `${GARDEN['dist/assets/garden.js']}
console.error('no water'); fetch('/api/rain'); fetch('https://weather.example/rain').catch(() => {})
const none = () => {}; fetch('/api/away', { mode: 'no-cors' }).catch(none); new Image().src = '${other}/image'; new WebSocket('${other.replace('http', 'ws')}/socket')
throw new Error('snails')`
    const files = { 'dist/assets/garden.js': script, 'server.mjs': server }
    const seen = await see(garden(files, NO_FLOW))
    expect(failed(seen)).toEqual({
      console: expect.arrayContaining([
        'on /: console error: no water',
        'on /: uncaught error: snails',
        'on /: /api/rain answered 404',
      ]),
    })
    expect(gate(seen, 'console')?.checks.map(({ text }) => text)).toContain(
      'Not requested, because it is outside the application: https://weather.example',
    )
    expect(asked).toEqual([])
  })

  it('fails if the third step of a flow fails', async () => {
    const page = (GARDEN['dist/index.html'] ?? '').replace('<button>Plant', '<button hidden>Plant')
    const settings = { ...GARDEN_VALIDATION, requestSeconds: 3 }
    const seen = await see(garden({ 'dist/index.html': page }, settings))
    expect(failed(seen)).toEqual({
      flows: [
        expect.stringContaining(
          'A bed is planted, step 3 of 4 (click "Plant") found nothing to click at "Plant"',
        ),
      ],
    })
  })

  it.skipIf(spawnSync('openssl', ['version']).status !== 0)(
    'is not opened with an untrusted certificate, unless the settings allow it',
    async () => {
      const server = (GARDEN['server.mjs'] ?? '')
        .replace("from 'node:http'", "from 'node:https'")
        .replace(
          'createServer(async',
          "createServer({ key: readFileSync('key.pem'), cert: readFileSync('cert.pem') }, async",
        )
      const url = `https://localhost:${await freePort()}`
      const start = { ...GARDEN_VALIDATION.start, url }
      const settings = { ...GARDEN_VALIDATION, start, requestSeconds: 5 }
      const project = garden({ 'server.mjs': server }, settings)
      const args = `${SELF_SIGNED} -keyout key.pem -out cert.pem`.split(' ')
      execFileSync('openssl', args, { cwd: project.root, stdio: 'ignore' })
      expect(failed(await see(project))).toMatchObject({
        assets: [expect.stringContaining('certificate that is not trusted')],
        flows: [expect.stringMatching(/step 1 of 4 .*ERR_CERT_AUTHORITY_INVALID/)],
      })
      const allowed = { ...settings, start: { ...start, selfSigned: true } }
      project.write('redgreen.config.json', JSON.stringify({ validation: allowed }))
      expect(failed(await see(project))).toEqual({})
    },
  )

  it('opens no page outside the application', async () => {
    const steps = [{ browser: 'goto', path: 'https://example.org/' }]
    const seen = await see(
      garden({}, { ...NO_FLOW, frontend: false, flows: [{ name: 'Away', steps }] }),
    )
    expect(failed(seen)).toEqual({
      flows: [expect.stringContaining('leads out of the application, so it was not opened')],
    })
  })
})

describe('a built page', () => {
  it('fails if the build was not run: nothing is started, and the cause is named', async () => {
    const project = garden()
    project.remove('dist')
    const seen = await see(project)
    expect(failed(seen)).toMatchObject({
      start: ['build artifact missing: dist/index.html; nothing was started'],
    })
    expect(seen.known).toMatchObject([
      {
        cause: expect.stringContaining('build was not run'),
        cure: expect.stringContaining('Run the build'),
      },
    ])
  })

  it('fails if a relative path does not lead to the existing files', async () => {
    const server = (GARDEN['server.mjs'] ?? '').replace(
      "fileURLToPath(new URL('./dist', import.meta.url))",
      "'./dist'",
    )
    const project = garden({ 'server.mjs': `process.chdir('/');${server}` }, NO_BROWSER)
    const seen = await see(project)
    expect(failed(seen)).toMatchObject({ assets: [expect.stringContaining('GET / answered 404')] })
    expect(seen.known[0]).toMatchObject({
      symptom: 'The tests pass, but GET / is answered with 404 although dist/index.html exists.',
      cause: expect.stringContaining('relative path'),
    })
  })

  it('fails if an asset is missing, even if the server answers every path with the page', async () => {
    const page = (GARDEN['dist/index.html'] ?? '').replace('garden.css', 'gone.css')
    const missing = await see(garden({ 'dist/index.html': page }, NO_BROWSER))
    expect(failed(missing)).toMatchObject({
      assets: [expect.stringContaining('GET /assets/gone.css answered 404')],
    })
    const server = (GARDEN['server.mjs'] ?? '').replace(
      "res.writeHead(404).end('not found')",
      "res.writeHead(200, { 'content-type': 'text/html' }).end('<p>hi')",
    )
    const masked = await see(garden({ 'dist/index.html': page, 'server.mjs': server }, NO_BROWSER))
    expect(failed(masked)).toMatchObject({
      assets: ['GET /assets/gone.css is answered with a page (text/html) instead of the file'],
    })
  })

  it('fails if the page is empty', async () => {
    const seen = await see(
      garden({ 'dist/index.html': '<!doctype html><div id="root"></div>' }, NO_BROWSER),
    )
    expect(failed(seen)).toMatchObject({ assets: ['GET / is empty and has no script'] })
  })

  it('is not checked and does not pass if there is no browser', async () => {
    // The settings name no page; it is enough that / answers with one.
    const { frontend: _, ...settings } = GARDEN_VALIDATION
    const seen = await see(garden({}, { ...settings, browser: '/nowhere/chromium' }))
    const missing = 'not checked: no browser was found at /nowhere/chromium'
    expect(failed(seen)).toEqual({
      flows: [missing],
      console: [expect.stringContaining(missing)],
    })
    expect(gate(seen, 'console')?.verdict).toBe('not checked')
    expect(gate(seen, 'flows')?.verdict).toBe('not checked')
  })
})

function garden(
  files: Record<string, string> = {},
  validation: Record<string, unknown> = GARDEN_VALIDATION,
): Project {
  return applicationProject({ ...GARDEN, ...files }, validation)
}
