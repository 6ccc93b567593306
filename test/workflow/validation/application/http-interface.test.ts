import { describe, expect, it } from 'vitest'
import { applicationProject, failed, gate, see } from '../../../kit/application.ts'
import { NOTES, NOTES_VALIDATION } from './notes.ts'

describe('an HTTP interface that stores its data in a file', () => {
  it('passes, with a flow that uses its cookie and a captured id', async () => {
    const seen = await see(applicationProject({ 'server.mjs': NOTES }, NOTES_VALIDATION))
    expect(failed(seen)).toEqual({})
    expect(gate(seen, 'flows')?.checks.map(({ text }) => text)).toEqual([
      'POST /login → 200 OK',
      'POST /notes → 201 Created',
      'GET /notes/1 → 200 OK',
    ])
    expect(gate(seen, 'health')?.summary).toBe('GET /health → 200 OK')
    expect(gate(seen, 'endpoints')?.summary).toBe('3 of 3 as expected')
    expect(gate(seen, 'assets')?.verdict).toBe('not needed')
    expect(gate(seen, 'console')?.verdict).toBe('not needed')
  })

  it('fails if an environment variable is missing, which is named as the cause', async () => {
    const start = { ...NOTES_VALIDATION.start, env: {} }
    const seen = await see(
      applicationProject({ 'server.mjs': NOTES }, { ...NOTES_VALIDATION, start }),
    )
    expect(failed(seen)).toMatchObject({ start: ['it ended before it was ready (exit code 1)'] })
    expect(gate(seen, 'start')?.output).toContain('Missing environment variable NOTES_FILE')
    expect(seen.known[0]).toMatchObject({
      symptom: expect.stringContaining('because NOTES_FILE is missing'),
      cure: expect.stringContaining('validation.start.env'),
    })
    expect(gate(seen, 'health')).toMatchObject({ verdict: 'not checked', passed: false })
  })

  it('fails on a 500, with the body of the response', async () => {
    const broken = NOTES.replace("200, { status: 'well' }", "500, { error: 'disk on fire' }")
    const seen = await see(applicationProject({ 'server.mjs': broken }, NOTES_VALIDATION))
    expect(failed(seen)).toMatchObject({
      health: [expect.stringContaining('answered 500')],
      endpoints: [
        expect.stringMatching(
          /GET \/health answered 500, and 200 was expected; body: .*disk on fire/,
        ),
      ],
    })
  })

  it.each([
    ['HTML', 'text/html', '<h1>Error</h1>'],
    ['JSON', 'application/json', '{"error":"boom"}'],
  ])('fails if / answers 500 with %s, although no page is defined', async (_what, type, body) => {
    const answer = `'/') return res.writeHead(500, { 'content-type': '${type}' }).end('${body}')`
    const server = `import http from 'node:http'
http.createServer((req, res) => {
  if (req.url === ${answer}
  res.end('{"status":"well"}')
}).listen(process.env.PORT)
`
    const validation = { start: { command: 'node server.mjs' }, health: '/health' }
    const seen = await see(applicationProject({ 'server.mjs': server }, validation))
    expect(failed(seen)).toEqual({
      assets: expect.arrayContaining([
        expect.stringContaining('server error'),
        expect.stringContaining('500'),
      ]),
    })
  })

  it('fails if the third step of a flow fails, and names the step', async () => {
    const broken = NOTES.replace('notes.push(note)', '')
    const seen = await see(applicationProject({ 'server.mjs': broken }, NOTES_VALIDATION))
    expect(failed(seen)).toEqual({
      flows: [
        expect.stringContaining(
          'A note is kept, step 3 of 3 (GET /notes/{{id}}) answered 404, and 200 was expected',
        ),
      ],
    })
  })

  it('fails if a session is not kept', async () => {
    const broken = NOTES.replace("'set-cookie': 'sid=s1; HttpOnly; Path=/'", "'x-cookie': 'none'")
    const seen = await see(applicationProject({ 'server.mjs': broken }, NOTES_VALIDATION))
    expect(failed(seen)).toEqual({ flows: [expect.stringContaining('step 2 of 3')] })
  })

  it('fails if it exits after its first request', async () => {
    const broken = NOTES.replace(
      "return send(res, 200, { status: 'well' })",
      "return send(res, 200, { status: 'well' }), res.on('finish', () => process.exit(3))",
    )
    const seen = await see(applicationProject({ 'server.mjs': broken }, NOTES_VALIDATION))
    expect(failed(seen)).toMatchObject({
      start: ['it ended while it was checked (exit code 3)'],
      endpoints: [
        expect.stringContaining('ended by itself (exit code 3)'),
        expect.anything(),
        expect.anything(),
      ],
    })
  })

  it('fails if it does not get ready within the time of the settings', async () => {
    const broken = NOTES.replace(/server\.listen.*/, 'setInterval(() => {}, 1000)')
    const start = { ...NOTES_VALIDATION.start, readySeconds: 1 }
    const seen = await see(
      applicationProject({ 'server.mjs': broken }, { ...NOTES_VALIDATION, start }),
    )
    expect(failed(seen)['start']?.[0]).toMatch(/^it did not listen on port \d+ within 1 s$/)
  })

  it('passes if its health endpoint answers with an error at first', async () => {
    const slow = NOTES.replace(
      "return send(res, 200, { status: 'well' })",
      "return send(res, ++globalThis.asked > 2 ? 200 : 503, { status: 'well' })",
    ).replace('const sessions', 'globalThis.asked = 0\nconst sessions')
    const seen = await see(applicationProject({ 'server.mjs': slow }, NOTES_VALIDATION))
    expect(failed(seen)).toEqual({})
  })

  it('is validated without recording a secret of its environment', async () => {
    const token = 'correct-horse-battery'
    const start = {
      ...NOTES_VALIDATION.start,
      env: { NOTES_FILE: '{temp}/n', API_TOKEN: token },
    }
    const loud = NOTES.replace("200, { status: 'well' }", '500, process.env.API_TOKEN').replace(
      "console.log('notes listen')",
      'console.log(process.env.API_TOKEN)',
    )
    const project = applicationProject({ 'server.mjs': loud }, { ...NOTES_VALIDATION, start })
    const seen = await see(project)
    expect(JSON.stringify(seen)).not.toContain(token)
    expect(JSON.stringify(seen)).toContain('[redacted]')
    const run = /runs\/(\w+)/.exec(gate(seen, 'start')?.checks.at(-1)?.text ?? '')?.[1]
    expect(project.read(`.redgreen/local/runs/${run}.log`)).toBe('[redacted]\n')
  })
})
