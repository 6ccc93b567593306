/** A sample application: notes behind a login, stored in a file, with an HTTP interface and no pages. */
export const NOTES = `import { createServer } from 'node:http'
import { readFileSync, writeFileSync, existsSync } from 'node:fs'
const file = process.env.NOTES_FILE
if (!file) { console.error('Missing environment variable NOTES_FILE'); process.exit(1) }
const notes = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : []
const sessions = new Set()
const send = (res, status, body, headers = {}) =>
  res.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body))
const read = async req => { let text = ''; for await (const part of req) text += part; return text }
const isIn = req => sessions.has(/sid=(\\w+)/.exec(req.headers.cookie ?? '')?.[1])
const server = createServer(async (req, res) => {
  const { pathname } = new URL(req.url, 'http://x')
  if (pathname === '/health') return send(res, 200, { status: 'well' })
  if (pathname === '/login' && req.method === 'POST') {
    const form = new URLSearchParams(await read(req))
    if (form.get('password') !== 'open sesame') return send(res, 401, { error: 'no' })
    sessions.add('s1')
    return send(res, 200, { user: form.get('user') }, { 'set-cookie': 'sid=s1; HttpOnly; Path=/' })
  }
  if (!isIn(req)) return send(res, 401, { error: 'sign in' })
  if (pathname === '/notes' && req.method === 'POST') {
    const note = { id: notes.length + 1, text: JSON.parse(await read(req)).text }
    notes.push(note)
    writeFileSync(file, JSON.stringify(notes))
    return send(res, 201, note)
  }
  const note = notes.find(({ id }) => pathname === '/notes/' + id)
  return note ? send(res, 200, note) : send(res, 404, { error: 'none' })
})
server.listen(process.env.PORT, () => console.log('notes listen'))
`

const LOGIN = {
  request: { method: 'POST', path: '/login', form: { user: 'ada', password: 'open sesame' } },
  expect: { status: 200, jsonPath: { '$.user': 'ada' } },
}

export const NOTES_VALIDATION = {
  start: {
    command: ['node', 'server.mjs'],
    env: { NOTES_FILE: '{temp}/notes.json' },
    readySeconds: 20,
  },
  health: '/health',
  requestSeconds: 5,
  endpoints: [
    { path: '/health', expect: { status: 200, jsonPath: { '$.status': 'well' } } },
    { path: '/notes/1', status: 401 },
    { method: 'POST', path: '/login', form: { password: 'wrong' }, status: 401 },
  ],
  flows: [
    {
      name: 'A note is kept',
      steps: [
        LOGIN,
        {
          request: { method: 'POST', path: '/notes', json: { text: 'milk' } },
          expect: { status: 201 },
          capture: { id: '$.id' },
        },
        {
          request: { path: '/notes/{{id}}' },
          expect: { status: 200, contains: 'milk', jsonPath: { '$.id': 1 } },
        },
      ],
    },
  ],
}
