/** A sample application: a page that a build made, served as files, with a small HTTP interface. */
export const GARDEN: Record<string, string> = {
  'server.mjs': `import { createServer } from 'node:http'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
const root = fileURLToPath(new URL('./dist', import.meta.url))
const types = { html: 'text/html', js: 'text/javascript', css: 'text/css', svg: 'image/svg+xml' }
const beds = []
createServer(async (req, res) => {
  const { pathname } = new URL(req.url, 'http://x')
  if (pathname === '/api/beds') {
    if (req.method === 'POST') { let text = ''; for await (const part of req) text += part; beds.push(JSON.parse(text)) }
    return res.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(beds))
  }
  try {
    const file = root + (pathname === '/' ? '/index.html' : pathname)
    const bytes = readFileSync(file)
    res.writeHead(200, { 'content-type': types[file.split('.').at(-1)] }).end(bytes)
  } catch { res.writeHead(404).end('not found') }
}).listen(process.env.PORT)
`,
  'dist/index.html': `<!doctype html><html><head><title>Garden</title>
<link rel="stylesheet" href="/assets/garden.css"><link rel="icon" href="/assets/leaf.svg"></head>
<body><h1>Garden</h1><label>Bed <input id="bed"></label><button>Plant</button><ul></ul>
<script type="module" src="/assets/garden.js"></script></body></html>
`,
  'dist/assets/garden.css': 'h1 { color: green; background: url(leaf.svg) }\n',
  'dist/assets/leaf.svg': '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>\n',
  'dist/assets/garden.js': `const list = document.querySelector('ul')
const show = beds => list.replaceChildren(...beds.map(({ name }) => Object.assign(document.createElement('li'), { textContent: name })))
fetch('/api/beds').then(answer => answer.json()).then(show)
document.querySelector('button').onclick = async () => {
  const name = document.querySelector('#bed').value
  show(await (await fetch('/api/beds', { method: 'POST', body: JSON.stringify({ name }) })).json())
}
`,
}

export const GARDEN_VALIDATION = {
  start: { command: 'node server.mjs', artifacts: ['dist/index.html'], readySeconds: 20 },
  frontend: '/',
  requestSeconds: 10,
  flows: [
    {
      name: 'A bed is planted',
      steps: [
        { browser: 'goto', path: '/' },
        { browser: 'fill', label: 'Bed', value: 'beans and peas' },
        { browser: 'click', label: 'Plant' },
        { browser: 'expectText', text: 'beans and peas', selector: 'ul' },
      ],
    },
  ],
}
