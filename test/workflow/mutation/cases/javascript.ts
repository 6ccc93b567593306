import type { MutationCase } from '../../../kit/mutation-cases.ts'

type Parts = Pick<MutationCase, 'name'> & Partial<MutationCase> & { source: string; body: string }

/** A case with Node's own runner: `source` is the code in src/a.js, and `body` the test of it after its imports. */
function nodeCase({ name, source, body, before, ...rest }: Parts): MutationCase {
  return {
    name,
    runner: 'node:test',
    before: before ?? {},
    code: { 'src/a.js': source },
    test: {
      'tests/a.test.js': `import test, { mock } from 'node:test'
import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { spawnSync } from 'node:child_process'
import * as a from '../src/a.js'
void [mock, existsSync, readFileSync, spawnSync, a]
${body}
`,
    },
    more: { 'package.json': '{"type":"module"}' },
    ...rest,
  }
}

const CLOSED =
  'let open = true\nexport function dispose() {\n  if (!open) throw new Error("closed")\n  open = false\n}\n'

const one = (name: string, source: string, expectation: string): MutationCase =>
  nodeCase({ name, source, body: `test('works', async () => {\n  ${expectation}\n})` })

/** Tests that assert nothing about the code, each with the function that the refusal names. */
export const vacuousJavaScript: [MutationCase, names: RegExp][] = [
  [
    one(
      'only the kind of a number',
      'export function total(items) { let sum = 0; for (const { price } of items) sum += price; return sum }',
      "assert.equal(typeof a.total([{ price: 2 }]), 'number')",
    ),
    /`total`/,
  ],
  [
    one(
      'only the kind of a value from elsewhere',
      'const pick = list => list[1]\nexport function second(list) { return pick(list) }',
      "assert.equal(typeof a.second(['a', 'b']), 'string')",
    ),
    /`(second|pick)`/,
  ],
  [
    one(
      'only that it is a list',
      'const load = list => list.slice()\nexport function all(list) { const found = load(list); return found }',
      'assert.ok(Array.isArray(a.all([1])))',
    ),
    /`(all|load)`/,
  ],

  [
    one(
      'typeof',
      'export function size(list) { return list.length }',
      "assert.equal(typeof a.size, 'function')",
    ),
    /`size`/,
  ],
  [
    one(
      'any result',
      'export const total = items => items.reduce((sum, { price }) => sum + price, 0)',
      'assert.notEqual(a.total([{ price: 2 }]), undefined)',
    ),
    /`total`/,
  ],
  [
    one(
      'an exported name',
      'export function parse(text) { return text.split(",") }',
      "assert.ok('parse' in a)",
    ),
    /`parse`/,
  ],
  [
    one(
      'an empty function',
      'export function save() {}',
      "assert.equal(typeof a.save, 'function')",
    ),
    /`save`/,
  ],
  [
    one(
      'no error',
      'export function check(user) { if (user.age < 0) return false; return user.age > 17 }',
      'assert.doesNotThrow(() => a.check({ age: 3 }))',
    ),
    /`check`/,
  ],
  [
    one(
      'no error, of a function with a guard clause',
      'export function slug(title) { if (!title) throw new Error("title"); return title }',
      'assert.doesNotThrow(() => a.slug("A b"))',
    ),
    /`slug`/,
  ],
  [
    one(
      'no error, of a function without a value and with a guard clause',
      'export function save(name) { if (!name) throw new Error("name") }',
      'assert.doesNotThrow(() => a.save("a"))',
    ),
    /`save`/,
  ],
  [
    nodeCase({
      name: 'no error, of a default export with a guard clause in a helper',
      source:
        'function check(title) { if (!title) throw new Error("title") }\nexport default title => { check(title); return "x" }',
      body: "test('works', () => assert.doesNotThrow(() => a.default('A b')))",
    }),
    /`(default|check)`/,
  ],
  [
    // Unlike a second call that fails no more: before, the function was planned and not written.
    nodeCase({
      name: 'no error of a function that was a stub before the task',
      before: {
        'src/a.js':
          'export function slug(title) {\n  if (!title) throw new Error("title")\n  throw new Error("later")\n}\n',
      },
      source:
        'export function slug(title) {\n  if (!title) throw new Error("title")\n  return title\n}\n',
      body: "test('works', () => assert.doesNotThrow(() => a.slug('A b')))",
    }),
    /`slug`/,
  ],
  [
    one(
      'its own mock',
      'export class Cart { total() { return 12 } }',
      'const cart = new a.Cart(); mock.method(cart, "total", () => 5); assert.equal(cart.total(), 5)',
    ),
    /`Cart\.total`/,
  ],
  [
    one(
      'an object of the class',
      'export class Queue { constructor() { this.all = [] } push(x) { this.all.push(x); return this.all.length } }',
      'const queue = new a.Queue(); assert.ok(queue instanceof a.Queue); assert.ok(queue.push)',
    ),
    /`Queue/,
  ],
  [
    one(
      'the number of parameters',
      'export function add(a, b) { return a + b }',
      'assert.equal(a.add.length, 2)',
    ),
    /`add`/,
  ],
  [
    one(
      'its name',
      'export function slug(title) { return title.toLowerCase().replaceAll(" ", "-") }',
      'assert.equal(a.slug.name, "slug")',
    ),
    /`slug`/,
  ],
  [
    one(
      'a promise',
      'export async function load(id) { return { id, name: "x" } }',
      'assert.ok(a.load(1) instanceof Promise)',
    ),
    /`load`/,
  ],
  [
    one(
      'the text of its code',
      'export const size = list => list.length',
      "assert.ok(readFileSync('src/a.js', 'utf8').includes('size = list => list.length'))",
    ),
    /`size`/,
  ],
  [
    one(
      'what another program finds in its code',
      'export const size = list => list.length',
      "assert.equal(spawnSync('grep', ['-q', 'size = list => list.length', 'src/a.js']).status, 0)",
    ),
    /`size`/,
  ],
  [
    one(
      'nothing of a class with many methods',
      `export class A { #all = []\n${'abcdefghijkl'.replaceAll(/./g, name => `  ${name}(x) {\n    this.#all.push(x)\n    return this.#all[x]\n  }\n`)}}`,
      'const all = new a.A(); for (const name of "abcdefghijkl") all[name](1)',
    ),
    /`A\.a`/,
  ],
  [
    one(
      'an assertion that never runs',
      'export function find(list, id) { return list.find(one => one.id === id) }',
      'for (const row of []) assert.equal(a.find([row], 1), row); assert.ok(a.find)',
    ),
    /`find`/,
  ],
]

/** Tests of real behaviour in the style of real projects. */
export const honestJavaScript: MutationCase[] = [
  one('nothing on purpose', 'export function noop() {}', 'assert.equal(a.noop(), undefined)'),
  one(
    'zero of an unknown kind',
    'const count = list => list.at(-1) ?? 0\nexport function last(list) { return count(list) }',
    'assert.equal(a.last([]), 0)',
  ),
  one(
    'the truth of an unknown kind',
    'const find = (list, id) => list.find(one => one.id === id)\nexport function known(list, id) { return find(list, id) }',
    'assert.ok(a.known([{ id: 1 }], 1))\n  assert.ok(!a.known([], 1))',
  ),
  one(
    'its argument',
    'const clean = text => text.replaceAll("-", "")\nexport function plain(text) { return clean(text) }',
    "assert.equal(a.plain('abc'), 'abc')",
  ),

  one(
    'an empty stack',
    'export class Stack { get size() { return 0 } }',
    'assert.equal(new a.Stack().size, 0)',
  ),
  one('a field', 'export class Stack { size = 0 }', 'assert.equal(new a.Stack().size, 0)'),
  one(
    'a list that is empty',
    'export const open = list => list.filter(task => !task.done)',
    'assert.deepEqual(a.open([{ done: true }]), [])',
  ),
  one(
    'nothing found',
    'export function find(list, id) { return list.find(one => one.id === id) }',
    'assert.equal(a.find([{ id: 1 }], 2), undefined)',
  ),
  one(
    'null',
    'export const first = list => (list.length > 0 ? list[0] : null)',
    'assert.equal(a.first([]), null)',
  ),
  one(
    'false',
    'export function isOpen(hour) { return hour > 8 && hour < 18 }',
    'assert.equal(a.isOpen(20), false)',
  ),
  one(
    'an error',
    'export function parse(text) { if (text === "") throw new TypeError("empty"); return text.split(",") }',
    'assert.throws(() => a.parse(""), TypeError)',
  ),
  one(
    'only a guard clause',
    'export function assertPositive(n) { if (n < 0) throw new RangeError("negative") }',
    'assert.throws(() => a.assertPositive(-1), RangeError); assert.doesNotThrow(() => a.assertPositive(1))',
  ),
  one(
    'a message of an error',
    'export class Bad extends Error { constructor(name) { super(`bad ${name}`); this.name = "Bad" } }',
    'assert.equal(new a.Bad("x").message, "bad x")',
  ),
  one('a constant', 'export const LIMIT = 30', 'assert.equal(a.LIMIT, 30)'),
  one(
    'a table',
    'export const COLOURS = { red: "#f00", green: "#0f0" }',
    'assert.equal(a.COLOURS.red, "#f00")',
  ),
  one(
    'a rejected promise',
    'export async function load(id) { if (!id) throw new Error("no id"); return { id } }',
    'await assert.rejects(() => a.load(0), /no id/)',
  ),
  one(
    'a callback',
    'export function each(list, call) { for (const one of list) call(one) }',
    'const seen = []; a.each([1, 2], one => seen.push(one)); assert.deepEqual(seen, [1, 2])',
  ),
  one(
    'an effect',
    'const all = []\nexport function log(line) { all.push(line) }\nexport const lines = () => [...all]',
    'a.log("x"); assert.deepEqual(a.lines(), ["x"])',
  ),
  one(
    'a generator',
    'export function* count(n) { for (let i = 0; i < n; i += 1) yield i }',
    'assert.deepEqual([...a.count(3)], [0, 1, 2])',
  ),
  one(
    'a closure',
    'export function counter() { let n = 0; return () => (n += 1) }',
    'const next = a.counter(); next(); assert.equal(next(), 2)',
  ),
  one(
    'a static method',
    'export class Money { static of(cents) { return Object.assign(new Money(), { cents }) } }',
    'assert.equal(a.Money.of(5).cents, 5)',
  ),
  one(
    'a setter',
    'export class Box { #v = 0; set value(v) { this.#v = Math.max(0, v) } get value() { return this.#v } }',
    'const box = new a.Box(); box.value = -3; assert.equal(box.value, 0)',
  ),
  one(
    'a private helper',
    'const clean = text => text.trim().toLowerCase()\nexport const key = text => `k:${clean(text)}`',
    'assert.equal(a.key(" A "), "k:a")',
  ),
  one(
    'a regular expression',
    'export const isId = text => /^[a-z]\\d+$/.test(text)',
    'assert.ok(a.isId("a1")); assert.ok(!a.isId("1a"))',
  ),
  one(
    'a default export',
    'export default function greet(name = "you") { return `Hi ${name}` }',
    'assert.equal(a.default(), "Hi you")',
  ),
  one(
    're-exports',
    'export { basename as base } from "node:path"',
    'assert.equal(a.base("x/y"), "y")',
  ),
  one(
    'a mock of another module',
    'export async function notify(mailer, user) { if (user.mail) await mailer.send(user.mail) }',
    'const send = mock.fn(); await a.notify({ send }, { mail: "x@y" }); assert.equal(send.mock.callCount(), 1)',
  ),
  one(
    'not called',
    'export async function notify(mailer, user) { if (user.mail) await mailer.send(user.mail) }',
    'const send = mock.fn(); await a.notify({ send }, {}); assert.equal(send.mock.callCount(), 0); await a.notify({ send }, { mail: "m" }); assert.equal(send.mock.callCount(), 1)',
  ),
  one(
    'sorted',
    'export const byName = list => list.toSorted((a, b) => (a.name < b.name ? -1 : 1))',
    'assert.deepEqual(a.byName([{ name: "b" }, { name: "a" }]).map(one => one.name), ["a", "b"])',
  ),
  one(
    'the same value',
    'export const identity = value => value',
    'const it = {}; assert.equal(a.identity(it), it)',
  ),
  one(
    'one of several',
    'export const dice = () => 1 + Math.floor(Math.random() * 6)',
    'for (let i = 0; i < 50; i += 1) assert.ok(a.dice() >= 1 && a.dice() <= 6)',
  ),
  one(
    'properties',
    'export const reverse = list => [...list].reverse()',
    'for (const list of [[1, 2], [3], []]) assert.deepEqual(a.reverse(a.reverse(list)), list); assert.deepEqual(a.reverse([1, 2]), [2, 1])',
  ),
  one(
    'memory',
    'const seen = new Map()\nexport function cached(key, make) { if (!seen.has(key)) seen.set(key, make()); return seen.get(key) }',
    'let n = 0; a.cached("k", () => (n += 1)); a.cached("k", () => (n += 1)); assert.equal(n, 1)',
  ),
  one(
    'a snapshot',
    'export const page = title => `<h1>${title}</h1>`',
    'assert.equal(a.page("x"), "<h1>x</h1>")',
  ),
  one(
    'an event',
    'import { EventEmitter } from "node:events"\nexport class Clock extends EventEmitter { tick() { this.emit("tick", 1) } }',
    'const clock = new a.Clock(); let got; clock.on("tick", n => (got = n)); clock.tick(); assert.equal(got, 1)',
  ),
  one(
    'a script that the test runs from its text',
    'export function size(list) { return list.length }\nglobalThis.size = size',
    "const { size } = await import(`data:text/javascript,${encodeURIComponent(readFileSync('src/a.js', 'utf8'))}`); assert.equal(size([1, 2]), 2)",
  ),
  one(
    'that two of many functions agree',
    `const fast = list => list.length\nexport const slow = list => list.reduce(n => n + 1, 0)\n${'abcdefgh'.replaceAll(/./g, name => `export function ${name}(x) {\n  return x.${name}\n}\n`)}export { fast }`,
    'for (const list of [[], [1], [1, 2]]) assert.equal(a.fast(list), a.slow(list))',
  ),
  nodeCase({
    name: 'a crash that is fixed',
    before: { 'src/a.js': 'export function parse(text) {\n  return text.split(",")\n}\n' },
    source: 'export function parse(text) {\n  if (!text) return []\n  return text.split(",")\n}\n',
    body: "test('no crash', () => assert.doesNotThrow(() => a.parse(undefined)))",
  }),
  nodeCase({
    name: 'a second call that fails no more',
    before: { 'src/a.js': CLOSED },
    source: CLOSED.replace('throw new Error("closed")', 'return'),
    body: "test('twice', () => { a.dispose(); assert.doesNotThrow(() => a.dispose()) })",
  }),
  nodeCase({
    name: 'an empty text that fails no more',
    before: { 'src/a.js': 'export function parse(text) {\n  return JSON.parse(text)\n}\n' },
    source:
      'export function parse(text) {\n  if (text === "") return undefined\n  return JSON.parse(text)\n}\n',
    body: "test('empty', () => assert.doesNotThrow(() => a.parse('')))",
  }),
  nodeCase({
    name: 'a method that fails no more',
    before: {
      'src/a.js':
        'export class Log {\n  close() {\n    this.file.close()\n    this.file = undefined\n  }\n}\n',
    },
    source:
      'export class Log {\n  close() {\n    this.file?.close()\n    this.file = undefined\n  }\n}\n',
    body: "test('never opened', () => assert.doesNotThrow(() => new a.Log().close()))",
  }),
  nodeCase({
    name: 'a server over HTTP',
    source: `import { createServer } from 'node:http'
export function serve() {
  return createServer((request, response) => {
    response.statusCode = request.url === '/health' ? 200 : 404
    response.end('ok')
  })
}
`,
    body: `test('health', async () => {
  const server = a.serve().listen(0)
  await new Promise(done => server.once('listening', done))
  const { status } = await fetch(\`http://localhost:\${server.address().port}/health\`)
  server.close()
  assert.equal(status, 200)
})`,
  }),
  nodeCase({
    name: 'a program',
    source: "export {}\nif (process.argv[2] === '--version') console.log('1.2.3')\n",
    body: `test('version', () => {
  const { stdout } = spawnSync(process.execPath, ['src/a.js', '--version'], { encoding: 'utf8' })
  assert.equal(stdout, '1.2.3\\n')
})`,
  }),
  nodeCase({
    name: 'a built program',
    source: "export const version = () => '1.2.3'\nconsole.log(version())\n",
    body: '',
    test: {
      'tests/built.test.js': `import test from 'node:test'
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
test('version', () => {
  const { stdout } = spawnSync(process.execPath, ['dist/a.js'], { encoding: 'utf8' })
  assert.equal(stdout, '1.2.3\\n')
})
`,
    },
    more: { 'package.json': '{"type":"module"}', 'dist/a.js': "console.log('1.2.3')\n" },
  }),
]
