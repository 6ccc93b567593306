import { describe, expect, it } from 'vitest'
import { parseGotchas } from '../../../../src/dialects/gotchas.ts'
import { searchFor } from '../../../../src/workflow/validation/gotchas/search.ts'

const FILE = `# Framework gotchas

Prose about the file, with a \`### heading\` of its own below.

## Flask

### Serving files

**Gotcha:** \`send_file()\` wants an absolute path
\`\`\`python
# ❌ FAILS in production
folder = "web/out"
send_file(folder, "a.html")  # 404

# ✅ WORKS
folder = Path("web/out").absolute()
send_file(str(folder), "a.html")
\`\`\`

**Why:** Paths are relative to the module.

**Detection:**
- Code uses \`send_file(folder, ...)\` where \`folder\` is relative

**Fix:** Make it absolute first

---

## React + Vite

### Variables

**Gotcha:** only variables with the prefix come through
~~~ts
// ❌ UNDEFINED
const url = import.meta.env.SERVER_URL

// ✅ WORKS
const url = import.meta.env.VITE_SERVER_URL
~~~
**Detection:** \`import.meta.env.VAR\` without the \`VITE_\` prefix
**Fix:** rename it

### Public folder

**Gotcha:** the folder is not part of the address
\`\`\`html
<!-- ❌ 404 -->
<img src="/public/cat.png">
<!-- ✅ WORKS -->
<img src="/cat.png">
\`\`\`
**Detection:** paths begin with \`/public/\`

## Next.js

### Hooks

**Gotcha:** hooks need a directive
\`\`\`tsx
// ❌ Error
const [n, setN] = useState(0)

// ✅ WORKS
'use client'
const [n, setN] = useState(0)
\`\`\`
**Detection:** hooks, but missing \`'use client'\`

## Express.js

### Order

**Gotcha:** the parser comes first
\`\`\`js
// ❌ WRONG ORDER
app.post('/a', (req, res) => {})
app.use(express.json())

// ✅ CORRECT ORDER
app.use(express.json())
app.post('/a', (req, res) => {})
\`\`\`
**Detection:** \`express.json()\` after routes

## General Patterns

### Mocks

**Symptoms:**
- ✅ tests pass
- ❌ production fails

**Fix:** Test with the real thing
`

const [serving, variables, folder, hooks, order, general] = parseGotchas(FILE, 'gotchas.md')

describe('a file of known gotchas', () => {
  it('is read: framework, topic, both code examples, and their text', () => {
    expect(parseGotchas(FILE, 'gotchas.md')).toHaveLength(6)
    expect(serving).toMatchObject({
      framework: 'Flask',
      topic: 'Serving files',
      text: '`send_file()` wants an absolute path',
      bad: expect.stringContaining('folder = "web/out"'),
      good: expect.stringContaining('absolute()'),
      language: 'python',
      detection: 'Code uses `send_file(folder, ...)` where `folder` is relative',
      fix: 'Make it absolute first',
      location: { path: 'gotchas.md', line: 7 },
    })
    expect(general).toMatchObject({ framework: 'General Patterns', bad: '', good: '' })
  })

  it('is read the same with CRLF, or with symbols in the wrong encoding', () => {
    const garbled = FILE.replaceAll('❌', '\u00e2\u009d\u0152').replaceAll(
      '✅',
      '\u00e2\u0153\u2026',
    )
    const examples = (text: string) => parseGotchas(text, '').map(({ bad, good }) => [bad, good])
    expect(examples(garbled)).toEqual(examples(FILE))
    expect(examples(FILE.replaceAll('\n', '\r\n'))).toEqual(examples(FILE))
  })
})

describe('a gotcha', () => {
  it('is found by its structure, with any names, quotes and spaces', () => {
    const code = `def page():\n    return send_file( 'static' , name)\n`
    expect(search(serving, { 'app.py': code })).toEqual(['app.py:2 fails'])
    expect(search(serving, { 'app.py': '# send_file(folder, x)\n' })).toEqual([])
    expect(search(serving, { 'app.js': code })).toEqual([])
  })

  it('is distinguished from the form that works, beside it or at the definition of its value', () => {
    const made = `ROOT = Path("web").absolute()\n${'x = 1\n'.repeat(20)}send_file(ROOT, "a.html")\n`
    expect(search(serving, { 'a.py': made })).toEqual(['a.py:22 works'])
    const not = made.replace('.absolute()', '')
    expect(search(serving, { 'a.py': not })).toEqual(['a.py:22 fails'])
  })

  describe('of a path that is not absolute', () => {
    const [reading, saving] = parseGotchas(
      `## Express

### Files

**Gotcha:** the file is looked for where the program was started
\`\`\`js
// ❌ FAILS
fs.readFileSync('public/index.html')
// ✅ WORKS
fs.readFileSync(path.join(__dirname, 'public/index.html'))
\`\`\`

## SQLite

### Saving

**Gotcha:** nothing is saved without a commit
\`\`\`python
# ❌ FAILS
cursor.execute("INSERT")
# ✅ WORKS
cursor.execute("INSERT", row)
conn.commit()
\`\`\`
`,
      'gotchas.md',
    )
    const bad = `fs.readFileSync('public/index.html')`
    const good = `fs.readFileSync(path.join(__dirname, 'a.html'))`

    it.each([
      ['the next line', `const a = ${bad}\nconst b = ${good}\n`, 1],
      ['the line before', `const b = ${good}\nconst a = ${bad}\n`, 2],
      ['the same line', `a = ${bad}; b = ${good}\n`, 1],
      ['another function', `get(() => {\n  ${bad}\n})\nget(() => {\n  ${good}\n})\n`, 2],
      ['the same function', `get('/', () => {\n  send(${bad})\n  send(${good})\n})\n`, 2],
      ['an import', `import path from 'path'\nconst where = __dirname\n${bad}\n`, 3],
    ])('is not excused by the right form in %s', (_, code, line) => {
      expect(search(reading, { 'a.js': code })).toContain(`a.js:${line} fails`)
    })

    it.each([
      ['in its own statement', `fs.readFileSync('a.html', { from: __dirname })\n`],
      ['over several lines', `fs.readFileSync(\n  'a.html',\n  {\n    from: __dirname,\n  },\n)\n`],
      ['in a chain', `fs.readFileSync('a.html')\n  .from(__dirname)\n`],
    ])('is excused by the right form %s', (_, code) => {
      expect(search(reading, { 'a.js': code })).toEqual(['a.js:1 works'])
    })

    it('is excused by a statement beside it if the good example has one', () => {
      expect(search(saving, { 'a.py': 'cursor.execute("DELETE")\nconn.commit()\n' })).toEqual([
        'a.py:1 works',
      ])
      expect(search(saving, { 'a.py': 'cursor.execute("DELETE")\n' })).toEqual(['a.py:1 fails'])
    })
  })

  it('is found by a name without the prefix', () => {
    const code = 'fetch(import.meta.env.API)\nfetch(import.meta.env.VITE_API)\n'
    expect(search(variables, { 'a.ts': code })).toEqual(['a.ts:1 fails', 'a.ts:2 works'])
  })

  it('is found in a text with the given beginning', () => {
    const page = '<p>/public/</p>\n<img src="/public/dog.png"><img src="/dog.png">\n'
    expect(search(folder, { 'index.html': page })).toEqual(['index.html:2 fails'])
  })

  it('is fixed by code elsewhere in the file, if the description says that this code is missing', () => {
    const code = 'export const A = () => useState(1)\n'
    expect(search(hooks, { 'a.tsx': code })).toEqual(['a.tsx:1 fails'])
    expect(search(hooks, { 'a.tsx': `"use client"\n${code}` })).toEqual(['a.tsx:2 works'])
  })

  it('with only a wrong order, or without code, is not searched for', () => {
    expect(searchFor(order ?? fail(), [])).toBeUndefined()
    expect(searchFor(general ?? fail(), [])).toBeUndefined()
  })

  it('of a plan needs no code example', () => {
    const planned = {
      ...(general ?? fail()),
      detection: 'server.close( without closeAllConnections or closeIdleConnections',
    }
    const bad = { 'a.js': 'httpServer.close(() => done())\n' }
    const good = { 'a.js': 'httpServer.close()\nhttpServer.closeIdleConnections()\n' }
    expect(search(planned, bad)).toEqual(['a.js:1 fails'])
    expect(search(planned, good)).toEqual(['a.js:1 works'])
  })

  // In quadratic time, the search would exceed the time limit of the test by far.
  it('is searched for in linear time', () => {
    const large = `const a = ${'f('.repeat(100_000)}\n${'"'.repeat(100_000)}\n`
    expect(search(serving, { 'a.py': large })).toEqual([])
    expect(search(variables, { 'a.ts': large })).toEqual([])
  })
})

function search(gotcha: typeof serving, files: Record<string, string>): string[] | undefined {
  const sources = Object.entries(files).map(([path, text]) => ({ path, text }))
  return searchFor(gotcha ?? fail(), sources)?.map(
    ({ path, line, works }) => `${path}:${line} ${works ? 'works' : 'fails'}`,
  )
}

function fail(): never {
  throw new Error('The file has no such gotcha.')
}
